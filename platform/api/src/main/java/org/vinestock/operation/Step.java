package org.vinestock.operation;

/**
 * One step, as data.
 *
 * @param title what people read, such as {@code start vm-7 on h3}
 * @param kind names the {@link StepHandler}
 * @param arguments all that the handler needs; steps hand results on through the inventory only
 */
public record Step(String title, String kind, Record arguments) {}
