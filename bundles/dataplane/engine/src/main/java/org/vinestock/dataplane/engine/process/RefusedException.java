package org.vinestock.dataplane.engine.process;

/** What was asked is not done, and why: a code for programs, words for people. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    public RefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
