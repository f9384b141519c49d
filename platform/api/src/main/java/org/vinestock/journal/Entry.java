package org.vinestock.journal;

import org.vinestock.audit.Deed;

/** Something to be written in one transaction with others; see {@link Journal#write}. */
public sealed interface Entry {
    /** Appends a line; see {@link Journal#append}. */
    record Append(String stream, String key, String text) implements Entry {}

    /** Appends a line in the place of those about its key; see {@link Journal#replace}. */
    record Replace(String stream, String key, String text) implements Entry {}

    /** Forgets the lines about a key; see {@link Journal#forget}. */
    record Forget(String stream, String key) implements Entry {}

    /** Adds a row to the audit. */
    record Tell(Deed deed) implements Entry {}
}
