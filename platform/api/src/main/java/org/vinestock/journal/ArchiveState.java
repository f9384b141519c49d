package org.vinestock.journal;

/**
 * An archive in numbers.
 *
 * @param known whether the database was looked at yet; if not, the numbers about what is kept are 0
 * @param oldest the smallest number that is kept; 0 = none is
 * @param newest the largest number that is kept; 0 = none is
 * @param bytes what the lines take, compressed
 * @param forgotten lines that were kept once and had to go, for their age, their bytes, or their revisions
 * @param dropped lines that were never written: too many came at once, or the database was gone too long
 */
public record ArchiveState(
        boolean known, long oldest, long newest, long lines, long bytes, long forgotten, long dropped) {}
