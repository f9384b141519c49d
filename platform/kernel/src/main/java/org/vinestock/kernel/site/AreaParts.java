package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.decide.Table;
import org.vinestock.operation.Operation;
import org.vinestock.time.Lane;
import org.vinestock.view.View;

/** What people see of areas, and how they choose between providers: {@code area.list}, {@code area.use}. */
final class AreaParts {
    private AreaParts() {}

    /** {@code lane}: where areas are built and closed when a person chooses another provider. */
    static Parts of(Areas areas, Lane lane) {
        UseOperation use = new UseOperation(areas, lane);
        return new Parts(
                List.of(use),
                List.of(new Table<>(
                        "area.list",
                        "Areas with their providers, and what those in use give",
                        Nothing.class,
                        Row.class,
                        (nothing, page) -> Table.page("", rows(areas), page))),
                List.of(use.step()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    /** Parts that are views only. */
    static Parts parts(List<View<?, ?>> views) {
        return new Parts(List.of(), views, List.of(), List.of(), List.of(), List.of(), List.of(), () -> {});
    }

    /** Whether a provider does the work of its area. */
    enum State {
        /** It does. */
        IN_USE,
        /** Another one does; {@code area:use} switches. */
        WAITING,
        /** It could not be installed; the message says why. */
        FAILED,
        /** There was one, and it has left. */
        ABSENT
    }

    /** No parameters. */
    record Nothing() {}

    /**
     * A provider of an area.
     *
     * @param provider as {@code area:use} takes it
     * @param scopes of its commands
     * @param points its decision points
     */
    record Row(
            String area,
            String provider,
            String version,
            State state,
            List<String> scopes,
            int operations,
            int views,
            List<String> points,
            String message) {}

    private static List<Row> rows(Areas areas) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, List<Provider>> known : areas.providers().entrySet()) {
            String name = known.getKey();
            InstalledArea installed = areas.installed().get(name);
            for (Provider provider : known.getValue()) {
                if (installed != null && installed.area() == provider.area()) {
                    rows.add(inUse(areas, provider, installed.parts()));
                } else {
                    rows.add(idle(areas, provider, installed == null ? areas.failure(name) : null));
                }
            }
            if (known.getValue().isEmpty()) {
                rows.add(new Row(name, "", "", State.ABSENT, List.of(), 0, 0, List.of(), "no provider installed"));
            }
        }
        return rows;
    }

    private static Row inUse(Areas areas, Provider provider, Parts parts) {
        TreeSet<String> scopes = new TreeSet<>();
        for (Operation<?, ?> operation : parts.operations()) {
            scopes.add(scope(operation.type().name()));
        }
        for (View<?, ?> view : parts.views()) {
            scopes.add(scope(view.name()));
        }
        return new Row(
                provider.area().name(),
                areas.nameOf(provider.area()),
                provider.version(),
                State.IN_USE,
                List.copyOf(scopes),
                parts.operations().size(),
                parts.views().size(),
                parts.points().stream().map(DecisionPoint::name).toList(),
                "");
    }

    private static Row idle(Areas areas, Provider provider, @Nullable String failure) {
        return new Row(
                provider.area().name(),
                areas.nameOf(provider.area()),
                provider.version(),
                failure == null ? State.WAITING : State.FAILED,
                List.of(),
                0,
                0,
                List.of(),
                failure == null ? "" : failure);
    }

    private static String scope(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }
}
