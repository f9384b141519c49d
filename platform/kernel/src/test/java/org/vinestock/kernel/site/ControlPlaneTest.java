package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.site.Game.Rules;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;
import org.vinestock.task.Request;
import org.vinestock.task.TaskState;
import org.vinestock.time.Cancellable;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

class ControlPlaneTest {
    private static final Request ANN = new Request("ann");

    private final GameSite site = new GameSite();
    private final ControlPlane plane = site.plane;
    private final Game game = new Game("game", "first");

    private List<String> views() {
        return plane.all().stream().map(View::name).toList();
    }

    private List<String> operations() {
        return plane.operations().types().stream().map(OperationType::name).toList();
    }

    private AreaParts.Row area(String name) {
        return areas().stream()
                .filter(row -> row.area().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String use(GameSite where, String area, @Nullable String provider) {
        OperationType<UseOperation.Which, UseOperation.Used> type =
                new OperationType<>("area.use", UseOperation.Which.class, UseOperation.Used.class, Role.ADMIN, "Use");
        var task = where.plane.operations().start(type, new UseOperation.Which(area, provider), ANN);
        where.run();
        return task.result()
                .handle((used, thrown) -> thrown == null ? used.message() : String.valueOf(thrown.getMessage()))
                .toCompletableFuture()
                .join();
    }

    /** Another provider of the same area: another class, since there are no bundles here. */
    private static Game other(String author) {
        return new Game("game", author) {};
    }

    private List<AreaParts.Row> areas() {
        @SuppressWarnings("unchecked")
        View<AreaParts.Nothing, AreaParts.Row> view = (View<AreaParts.Nothing, AreaParts.Row>) plane.all().stream()
                .filter(each -> each.name().equals("area.list"))
                .findFirst()
                .orElseThrow();
        return view.read(new AreaParts.Nothing(), plane.inventory().head(), new PageRequest("", 100))
                .toCompletableFuture()
                .join()
                .rows();
    }

    @Test
    void wakesWhoeverFollowsAreasWhenOneHasArrivedAndWhenOneHasLeft() {
        List<Boolean> seen = new ArrayList<>();
        Cancellable following =
                plane.onAreasChange(plane.scheduler().lane("test"), () -> seen.add(views().contains("game.pieces")));
        plane.add(game);
        site.run();
        plane.remove(game);
        site.run();
        following.cancel();
        plane.add(game);
        site.run();
        assertEquals(List.of(true, false), seen);
    }

    @Test
    void bringsInAllThatAnAreaConsistsOfAndTakesItBack() {
        List<String> viewsBefore = views();
        List<String> operationsBefore = operations();
        GameSite.put(plane, "p", 0);
        plane.add(game);
        site.run();
        assertEquals(7, GameSite.at(plane, "p")); // controller, operation, step, point and built-in did it
        assertTrue(views().contains("game.pieces"));
        assertEquals(List.of(new Rules("first")), plane.services(Rules.class));
        assertEquals(2, plane.decisions().strategies("game.where").size());
        plane.remove(game);
        GameSite.put(plane, "p", 0);
        site.run();
        assertEquals(0, GameSite.at(plane, "p"));
        assertEquals(viewsBefore, views());
        assertEquals(operationsBefore, operations());
        assertEquals(List.of(), plane.services(Rules.class));
        assertEquals(List.of(), plane.decisions().strategies("game.where"));
        assertEquals(1, game.closed);
        VinestockException absent = assertThrows(
                VinestockException.class,
                () -> plane.operations().start(Game.MOVE, new Game.Move(new Game.PieceId("p")), ANN));
        assertEquals(ActError.NO_PROVIDER, absent.code());
        assertTrue(absent.getMessage().contains("no provider installed"), absent.getMessage());
        assertEquals(AreaParts.State.ABSENT, area("game").state());
    }

    @Test
    void raisesNoAlarmWhenAnAreaComesAndGoes() {
        plane.add(game);
        site.run();
        plane.remove(game);
        site.run();
        plane.add(game);
        site.run();
        assertEquals(List.of(), site.alarms);
        assertEquals("seven", site.decisions.active("game.where").orElseThrow().name());
    }

    @Test
    void keepsTheFirstOfTwoProvidersUntilItLeaves() {
        Game second = new Game("game", "second");
        plane.add(game);
        plane.add(second);
        assertEquals(List.of(new Rules("first")), plane.services(Rules.class));
        assertEquals(0, second.built);
        assertEquals(AreaParts.State.WAITING, areas().get(1).state());
        plane.remove(game);
        assertEquals(List.of(new Rules("second")), plane.services(Rules.class));
        plane.add(game);
        plane.remove(game);
        assertEquals(List.of(new Rules("second")), plane.services(Rules.class));
        assertEquals(1, game.closed);
    }

    @Test
    void switchesToAnotherProviderAndKeepsTheChoice() {
        Game second = other("second");
        plane.add(game);
        plane.add(second);
        assertEquals("game is provided by " + second.getClass().getName(), use(site, "game", null));
        assertEquals(List.of(new Rules("second")), plane.services(Rules.class));
        assertEquals(
                List.of(AreaParts.State.WAITING, AreaParts.State.IN_USE),
                areas().stream().map(AreaParts.Row::state).toList());
        assertEquals(List.of("game.where"), areas().get(1).points());
        assertEquals(1, game.closed);

        GameSite later = new GameSite(site.log);
        later.plane.add(new Game("game", "first"));
        assertEquals(List.of(new Rules("first")), later.plane.services(Rules.class));
        later.plane.add(second);
        assertEquals(List.of(new Rules("second")), later.plane.services(Rules.class));
        assertEquals("game is provided by " + Game.class.getName(), use(later, "game", Game.class.getName()));
        assertEquals(List.of(new Rules("first")), later.plane.services(Rules.class));
    }

    @Test
    void staysWithTheFormerProviderIfTheOtherCannotBeInstalled() {
        Game second = other("second");
        second.broken = true;
        plane.add(game);
        plane.add(second);
        assertTrue(use(site, "game", null).contains("cannot be installed: view task.list is there already"));
        assertEquals(List.of(new Rules("first")), plane.services(Rules.class));
        assertEquals(AreaParts.State.IN_USE, areas().get(0).state());
        assertEquals(AreaParts.State.WAITING, areas().get(1).state());
    }

    @Test
    void refusesToUseWhatIsNotThere() {
        plane.add(game);
        String name = Game.class.getName();
        assertEquals("area: no provider of \"gam\" is installed; accepted: game", refused("gam", null));
        assertEquals("area: game has no other provider than " + name, refused("game", null));
        assertEquals("provider: \"x\" does not provide game; accepted: " + name, refused("game", "x"));
    }

    private String refused(String area, @Nullable String provider) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> use(site, area, provider))
                .getMessage());
    }

    @Test
    void freezesOnlyClustersThatAreThere() {
        plane.add(game);
        OperationType<?, ?> freeze = plane.operations().types().stream()
                .filter(type -> type.name().equals("platform.freeze"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "cluster: there is no cluster \"boards\"; accepted: board",
                assertThrows(IllegalArgumentException.class, () -> freeze(freeze, "boards"))
                        .getMessage());
        freeze(freeze, "board");
        site.run();
        assertEquals(List.of("board"), List.copyOf(site.decisions.freeze().frozen()));
        plane.remove(game);
        freeze(freeze, "boards"); // nobody knows
        site.run();
        assertEquals(
                List.of("board", "boards"), List.copyOf(site.decisions.freeze().frozen()));
    }

    private <P extends Record> void freeze(OperationType<P, ?> type, String cluster) {
        String json = "{\"cluster\":\"" + cluster + "\"}";
        var unused = plane.operations().start(type, new JsonCodec().read(json, type.parameters()), ANN);
    }

    @Test
    void leavesNothingBehindOfAnAreaThatCannotBeInstalled() {
        List<String> viewsBefore = views();
        List<String> operationsBefore = operations();
        game.broken = true; // one of its views has a name of the kernel's
        plane.add(game);
        assertEquals(viewsBefore, views());
        assertEquals(operationsBefore, operations());
        assertEquals(List.of(), plane.services(Rules.class));
        assertEquals(List.of(), plane.decisions().strategies("game.where"));
        assertEquals(1, game.closed);
        assertEquals(AreaParts.State.FAILED, area("game").state());
        assertEquals(
                "view task.list is there already; each name belongs to one area",
                area("game").message());
        plane.add(new Game("game", "second"));
        assertEquals(AreaParts.State.IN_USE, areas().get(1).state());
    }

    @Test
    void findsServicesInTheOrderOfTheirAreasNames() {
        plane.add(new Game("zoo", "z"));
        plane.add(new Game("ant", "a"));
        plane.add(new Game("man", "m"));
        assertEquals(
                List.of("a", "m", "z"),
                plane.services(Rules.class).stream().map(Rules::author).toList());
        assertEquals("a", plane.service(Rules.class).orElseThrow().author());
        assertEquals(List.of(), plane.services(String.class));
        plane.close();
        assertEquals(List.of(), plane.services(Rules.class));
    }

    @Test
    void parksTasksWhileAreasComeAndGo() {
        plane.add(game);
        for (int i = 0; i < 50; i++) {
            var task = plane.operations().start(Game.MOVE, new Game.Move(new Game.PieceId("p" + i)), ANN);
            plane.remove(game);
            site.run();
            assertEquals(
                    TaskState.PARKED,
                    plane.operations().find(task.id()).orElseThrow().state());
            plane.add(game);
            site.run();
            assertEquals(
                    TaskState.DONE,
                    plane.operations().find(task.id()).orElseThrow().state());
        }
        assertEquals(51, game.built);
        assertEquals(50, game.closed);
    }

    @Test
    void letsParkedTasksGoOnWhenAFreezeEnds() {
        plane.add(game);
        var task = plane.operations().start(Game.MOVE, new Game.Move(new Game.PieceId("p")), ANN);
        site.decisions.freeze().set(List.of(org.vinestock.kernel.turn.Freeze.SITE));
        site.run();
        assertEquals(
                TaskState.PARKED,
                plane.operations().find(task.id()).orElseThrow().state());
        site.decisions.freeze().set(List.of());
        site.run();
        assertEquals(
                TaskState.DONE, plane.operations().find(task.id()).orElseThrow().state());
    }
}
