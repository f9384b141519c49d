package org.vinestock.task;

/** A step of a dry run: what it is, and what it would do now. */
public record PlannedStep(String title, String preview) {}
