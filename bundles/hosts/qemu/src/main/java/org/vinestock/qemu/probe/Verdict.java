package org.vinestock.qemu.probe;

import org.vinestock.qemu.machine.Accelerator;

/**
 * What runs guests' instructions here.
 *
 * @param because why, in a sentence
 */
public record Verdict(Accelerator accelerator, String because) {}
