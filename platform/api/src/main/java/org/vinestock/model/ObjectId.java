package org.vinestock.model;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Names one object of the site. Two ids are the same object if kind and value are equal, whatever class they have; the
 * inventory compares them so.
 */
@ConsumerType
public interface ObjectId {
    /** The kind of object, such as {@code vm}: one word, also the prefix of what people type. */
    String kind();

    /** The name within the kind: 1 to 128 characters of {@code a-z A-Z 0-9 . _ -}, starting with a letter or digit. */
    String value();

    /**
     * Checks a value of an id.
     *
     * @throws IllegalArgumentException naming the kind, the value and what is accepted
     */
    static String checked(String kind, String value) {
        boolean valid = !value.isEmpty() && value.length() <= 128 && letterOrDigit(value.charAt(0));
        for (int i = 1; valid && i < value.length(); i++) {
            char c = value.charAt(i);
            valid = letterOrDigit(c) || c == '.' || c == '_' || c == '-';
        }
        if (!valid) {
            String shown = value.length() > 140 ? value.substring(0, 140) + "..." : value;
            throw new IllegalArgumentException(
                    kind + " \"" + shown
                            + "\" is not a name; accepted: 1 to 128 characters of a-z A-Z 0-9 . _ -, starting with a letter or digit");
        }
        return value;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
