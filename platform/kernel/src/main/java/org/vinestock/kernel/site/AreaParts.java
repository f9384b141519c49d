package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Operation;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** What people see of areas: {@code platform.areas}. */
final class AreaParts {
    private AreaParts() {}

    static Parts of(Areas areas) {
        return parts(List.of(new AreasView(areas)));
    }

    /** Parts that are views only. */
    static Parts parts(List<View<?, ?>> views) {
        return new Parts(List.of(), views, List.of(), List.of(), List.of(), List.of(), List.of(), () -> {});
    }

    /** Whether an area does its work. */
    enum State {
        /** It is there. */
        INSTALLED,
        /** Its provider could not be installed; the message says why. */
        FAILED,
        /** It was there and has left. */
        ABSENT
    }

    /** No parameters. */
    record Nothing() {}

    /** An area. */
    record Row(
            String name,
            State state,
            String provider,
            int waiting,
            List<String> scopes,
            int operations,
            int views,
            String message) {}

    private record AreasView(Areas areas) implements View<Nothing, Row> {
        @Override
        public String name() {
            return "platform.areas";
        }

        @Override
        public String summary() {
            return "Areas that are or were there, with their providers";
        }

        @Override
        public Class<Nothing> parametersType() {
            return Nothing.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public CompletionStage<Page<Row>> read(Nothing nothing, Snapshot snapshot, PageRequest page) {
            List<Row> rows = new ArrayList<>();
            boolean more = false;
            for (Map.Entry<String, List<Area>> known : areas.providers().entrySet()) {
                if (known.getKey().compareTo(page.after()) <= 0) {
                    continue;
                }
                if (rows.size() == page.limit()) {
                    more = true;
                    break;
                }
                rows.add(row(known.getKey(), known.getValue()));
            }
            String next = more ? rows.get(rows.size() - 1).name() : null;
            return CompletableFuture.completedFuture(new Page<>("", rows, next));
        }

        private Row row(String name, List<Area> providers) {
            InstalledArea installed = areas.installed().get(name);
            if (installed == null) {
                String failure = areas.failure(name);
                return new Row(
                        name,
                        failure == null ? State.ABSENT : State.FAILED,
                        "",
                        0,
                        List.of(),
                        0,
                        0,
                        failure == null ? "no provider installed" : failure);
            }
            Parts parts = installed.parts();
            TreeSet<String> scopes = new TreeSet<>();
            for (Operation<?, ?> operation : parts.operations()) {
                scopes.add(scope(operation.type().name()));
            }
            for (View<?, ?> view : parts.views()) {
                scopes.add(scope(view.name()));
            }
            return new Row(
                    name,
                    State.INSTALLED,
                    installed.area().getClass().getName(),
                    providers.size() - 1,
                    List.copyOf(scopes),
                    parts.operations().size(),
                    parts.views().size(),
                    "");
        }

        private static String scope(String name) {
            return name.substring(0, Math.max(0, name.indexOf('.')));
        }
    }
}
