package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.site.Game.Rules;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
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
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<AreaParts.Row> areas() {
        @SuppressWarnings("unchecked")
        View<AreaParts.Nothing, AreaParts.Row> view = (View<AreaParts.Nothing, AreaParts.Row>) plane.all().stream()
                .filter(each -> each.name().equals("platform.areas"))
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
        assertEquals(1, area("game").waiting());
        plane.remove(game);
        assertEquals(List.of(new Rules("second")), plane.services(Rules.class));
        plane.add(game);
        plane.remove(game);
        assertEquals(List.of(new Rules("second")), plane.services(Rules.class));
        assertEquals(1, game.closed);
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
        assertEquals(AreaParts.State.INSTALLED, area("game").state());
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
