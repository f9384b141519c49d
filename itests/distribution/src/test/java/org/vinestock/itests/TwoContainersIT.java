package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vinestock.testkit.postgres.PostgresServer;

/** Two containers on one PostgreSQL: one leads, the other follows and takes over. */
class TwoContainersIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void oneLeadsTheOtherFollowsAndTakesOver() throws IOException {
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(
                    PostgresServer.programs().isPresent(), "no PostgreSQL server; apt-get install postgresql");
        }
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.database("site");
            try (Distribution first = start("first", url);
                    Distribution second = start("second", url)) {
                follows(first, second);
                leaderThatStandsStillHasToFollow(first, second);
                leaderThatDiesIsFollowed(second, first);
            }
        }
    }

    private static Distribution start(String name, String url) throws IOException {
        Path home = FrontDoor.newHome(name);
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(
                home.resolve("etc/org.vinestock.store.cfg"),
                "url = " + url + "\nuser = postgres\nleader.seconds = 3\n");
        return Distribution.start(home);
    }

    private static void follows(Distribution leader, Distribution follower) {
        assertTrue(follower.started().contains("this container follows on "), follower.started());
        leader.exec("vm:create kept-1").orThrow();
        Ended refused = follower.exec("vm:list");
        assertNotEquals(0, refused.status());
        assertTrue(refused.err().startsWith("this container follows on "), refused.toString());
        assertTrue(refused.err().contains(" leads with epoch 1"), refused.toString());
        HttpResponse<String> health = follower.get("health");
        assertEquals(503, health.statusCode());
        assertTrue(health.body().contains("\"state\":\"FOLLOWS\""), health.body());
        assertTrue(follower.get("api/v1/vm/list").body().contains("this container follows on "));
    }

    /** Stopped, it cannot know that the other one leads meanwhile; its next write is refused. */
    private static void leaderThatStandsStillHasToFollow(Distribution leader, Distribution follower)
            throws IOException {
        long pid = leader.container().orElseThrow().pid();
        signal("STOP", pid);
        try {
            serves(follower);
            follower.exec("vm:info kept-1").orThrow();
        } finally {
            signal("CONT", pid);
        }
        Distribution.eventually("the former leader follows", LIMIT, () -> state(leader, "\"state\":\"FOLLOWS\""));
        Ended refused = Distribution.eventually(
                "it names who leads",
                LIMIT,
                () -> Optional.of(leader.exec("vm:create lost-1"))
                        .filter(ended -> ended.err().contains(" leads with epoch 2")));
        assertNotEquals(0, refused.status());
        follower.exec("vm:create kept-2").orThrow();
        Ended list = follower.exec("vm:list");
        assertTrue(list.out().contains("kept-2") && !list.out().contains("lost-1"), list.out());
    }

    private static void leaderThatDiesIsFollowed(Distribution leader, Distribution follower) {
        Optional<ProcessHandle> supervisor = leader.supervisor();
        supervisor.ifPresent(ProcessHandle::destroyForcibly); // or it would start it again
        leader.container().orElseThrow().destroyForcibly();
        serves(follower);
        Ended list = follower.exec("vm:list");
        assertTrue(list.out().contains("kept-1") && list.out().contains("kept-2"), list.out());
        follower.exec("vm:create kept-3").orThrow();
    }

    private static void serves(Distribution container) {
        Distribution.eventually("it leads", LIMIT, () -> state(container, "\"serves\":true"));
    }

    private static Optional<Boolean> state(Distribution container, String words) {
        try {
            return Optional.of(container.get("health").body().contains(words)).filter(is -> is);
        } catch (AssertionError e) {
            return Optional.empty(); // it does not answer yet
        }
    }

    private static void signal(String name, long pid) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .start()
                .onExit()
                .join();
    }
}
