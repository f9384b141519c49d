package org.vinestock.itests;

/** How a command ended. */
public record Ended(int status, String out, String err) {

    /** Returns its output if it ended well, else throws with all that is known. */
    public String orThrow() {
        if (status != 0) {
            throw new AssertionError("status " + status + "\n" + out + "\n" + err);
        }
        return out;
    }

    @Override
    public String toString() {
        return "status " + status + "\nout: " + out + "\nerr: " + err;
    }
}
