package org.vinestock.dataplane;

/**
 * A range that is expected to be read soon.
 *
 * @param offset in bytes
 * @param length in bytes, at most 64 MiB
 */
public record Advice(ExportId export, long offset, long length) {}
