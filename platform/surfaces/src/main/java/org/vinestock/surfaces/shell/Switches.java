package org.vinestock.surfaces.shell;

import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Input;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.view.PageRequest;

/** The options that every command has, besides its own. */
final class Switches {
    /** Of views. */
    static final Form<OfView> VIEW = Form.of(OfView.class);

    /** Of operations. */
    static final Form<OfOperation> OPERATION = Form.of(OfOperation.class);

    /** Of terminals. */
    static final Form<OfTerminal> TERMINAL = Form.of(OfTerminal.class);

    private static final Form<OfCommand> COMMAND = Form.of(OfCommand.class);

    private Switches() {}

    /** What an entry takes besides its own. */
    static Form<?> of(Entry entry) {
        if (entry instanceof Entry.OfView) {
            return VIEW;
        }
        if (entry instanceof Entry.OfTerminal) {
            return TERMINAL;
        }
        return entry instanceof Entry.OfOperation ? OPERATION : COMMAND;
    }

    /** What a command written by hand takes: all that it takes is its own. */
    record OfCommand() {}

    /** What every view takes. */
    record OfView(
            @Input("Print JSON") boolean json,

            @Input(value = "Print so many rows at most, 1 to " + PageRequest.MAX_LIMIT, byDefault = "1000")
            int limit,

            @Input(value = "Go on after a former page; its last line says with what", optional = true) @Nullable
            String after) {}

    /** What every terminal takes. */
    record OfTerminal(
            @Input(value = "Print so many bytes of what was printed before, 0 to 65536", byDefault = "4096")
            int tail,

            @Input("Print that, and end") boolean once,

            @Input(value = "Type this and a line's end first, and end after so many seconds", optional = true) @Nullable
            String type,

            @Input(value = "How many seconds that is", byDefault = "2")
            int seconds) {}

    /** What every operation takes. */
    record OfOperation(
            @Input("Do nothing; print what each step would do")
            boolean dryRun,

            @Input(value = "Wait so many seconds for the end, 0 = print the task's id at once", optional = true)
            @Nullable
            Integer wait_,

            @Input("Act although acting is frozen") boolean despiteFreeze,
            @Input("Print JSON") boolean json) {}
}
