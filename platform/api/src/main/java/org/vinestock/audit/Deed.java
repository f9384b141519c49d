package org.vinestock.audit;

/**
 * Something that somebody did.
 *
 * @param who a person's name, {@code area/reason} for what the machine does by itself, or {@code vinestock}; 1 to 200
 *     characters
 * @param what such as {@code vm.create} or {@code strategy.state}; 1 to 200 characters
 * @param object the names of what it was done to, with blanks between them; empty = nothing in particular
 * @param details the rest in words or JSON, with the result
 */
public record Deed(String who, String what, String object, String details) {
    /** How many characters of an object's names are kept. */
    public static final int LONGEST_OBJECT = 500;

    /** How many characters of the details are kept. */
    public static final int LONGEST_DETAILS = 4_000;

    private static final int LONGEST_NAME = 200;

    /** Checks the names and shortens the rest, saying so. */
    public Deed {
        checkName("who", who);
        checkName("what", what);
        object = shortened(object, LONGEST_OBJECT);
        details = shortened(details, LONGEST_DETAILS);
    }

    private static void checkName(String component, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    component + " of " + name.length() + " characters; accepted: 1 to " + LONGEST_NAME);
        }
    }

    private static String shortened(String text, int longest) {
        String whole = text.replace('\0', ' '); // PostgreSQL keeps none
        if (whole.length() <= longest) {
            return whole;
        }
        String told = " ... (" + whole.length() + " characters)";
        int end = longest - told.length();
        return whole.substring(0, Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end) + told;
    }
}
