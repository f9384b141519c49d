package org.vinestock.surfaces.site;

import java.util.Locale;
import org.vinestock.operation.OperationType;
import org.vinestock.surfaces.form.Form;
import org.vinestock.terminal.Terminal;
import org.vinestock.view.View;

/** Something that people can call: an operation, a view, a terminal, or a command written by hand. */
public sealed interface Entry {
    /** Such as {@code vm.create}. */
    String name();

    /** One sentence, without a full stop. */
    String summary();

    /** Its parameters. */
    Form<?> form();

    /** The part of the name before the last dot, such as {@code vm}. */
    default String scope() {
        return name().substring(0, name().lastIndexOf('.'));
    }

    /** The part of the name after the last dot, such as {@code create}. */
    default String verb() {
        return name().substring(name().lastIndexOf('.') + 1);
    }

    /** An operation. */
    record OfOperation<P extends Record, R extends Record>(OperationType<P, R> type) implements Entry {
        @Override
        public String name() {
            return type.name();
        }

        @Override
        public String summary() {
            return type.summary();
        }

        @Override
        public Form<P> form() {
            return Form.of(type.parameters());
        }
    }

    /** A view. */
    record OfView<P extends Record, R extends Record>(View<P, R> view) implements Entry {
        @Override
        public String name() {
            return view.name();
        }

        @Override
        public String summary() {
            return view.summary();
        }

        @Override
        public Form<P> form() {
            return Form.of(view.parametersType());
        }

        /**
         * What its rows are: {@code alarm.list} shows alarms, {@code decision.points} points. A scope without a vowel is an
         * abbreviation: {@code vm.list} shows VMs.
         */
        public String plural() {
            if (!verb().equals("list")) {
                return verb().endsWith("s") ? verb() : "rows";
            }
            String one = scope().matches("[^aeiou]+") ? scope().toUpperCase(Locale.ROOT) : scope();
            return one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
        }
    }

    /** A terminal. */
    record OfTerminal<P extends Record>(Terminal<P> terminal) implements Entry {
        @Override
        public String name() {
            return terminal.name();
        }

        @Override
        public String summary() {
            return terminal.summary();
        }

        @Override
        public Form<P> form() {
            return Form.of(terminal.parametersType());
        }
    }

    /** A command written by hand. */
    record ByHand(String name, String summary, Form<?> form) implements Entry {}
}
