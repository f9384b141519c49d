package org.vinestock.surfaces.shell;

import org.jspecify.annotations.Nullable;

/** How a command tells Karaf's shell whether it went well. */
final class ShellStatus {
    private ShellStatus() {}

    /**
     * Returns nothing if it went well.
     *
     * @throws CommandException otherwise; what is wrong was printed already
     */
    static @Nullable Object of(boolean well) throws CommandException {
        if (!well) {
            throw new CommandException();
        }
        return null;
    }

    /**
     * Ends a command, a script and {@code &&} with status 1 over SSH exec. Karaf prints the message of any exception to
     * standard output and logs it as an error, save one whose class has this simple name: that it logs at debug level,
     * and without a message and help it prints nothing.
     */
    static final class CommandException extends Exception {
        private static final long serialVersionUID = 1L;

        CommandException() {
            super(null, null, false, false);
        }
    }
}
