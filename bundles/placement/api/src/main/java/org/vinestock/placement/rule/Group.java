package org.vinestock.placement.rule;

/** The VMs that have one label, such as {@code app=web}. */
public record Group(String key, String value) {
    /** Checks that it is a label. */
    public Group {
        if (key.isBlank() || value.isBlank() || key.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "group \"" + key + "=" + value + "\" is not a label; accepted: key=value, such as app=web");
        }
    }

    /**
     * Reads {@code app=web}.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static Group parse(String text) {
        int at = text.indexOf('=');
        if (at < 0) {
            throw new IllegalArgumentException(
                    "group \"" + text + "\" is not a label; accepted: key=value, such as app=web");
        }
        return new Group(text.substring(0, at).strip(), text.substring(at + 1).strip());
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
