package org.vinestock.disk.provider.row;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.Kind;

/**
 * What the last check of a disk found.
 *
 * @param findings some of it, in sentences
 */
public record Checked(DiskId id, Instant at, long leaks, long corruptions, long repaired, List<String> findings) {
    /** The table of them. */
    public static final Kind<Checked> KIND = new Kind<>("disk.checked", Checked.class);

    /** Copies the list. */
    public Checked {
        findings = List.copyOf(findings);
    }

    /** All of it in a sentence. */
    public String verdict() {
        if (leaks == 0 && corruptions == 0) {
            return "clean";
        }
        String found = corruptions == 0
                ? amount(leaks, "cluster") + " lost, nothing else"
                : amount(corruptions, "place") + " where it contradicts itself, " + amount(leaks, "cluster") + " lost";
        return repaired == 0 ? found : found + "; " + repaired + " of that put in order";
    }

    private static String amount(long number, String of) {
        return String.format(Locale.ROOT, "%,d %s%s", number, of, number == 1 ? "" : "s");
    }
}
