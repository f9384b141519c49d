package org.vinestock.qemu.qmp;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that QEMU says happened.
 *
 * @param name such as {@code SHUTDOWN}, {@code GUEST_PANICKED}
 * @param at by the clock of QEMU's host, in microseconds
 */
public record QmpEvent(String name, Map<String, @Nullable Object> data, Instant at) {}
