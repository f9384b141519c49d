package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starting, dying and stopping, on a distribution of its own beside the shared one. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class LifeIT {

    @Test
    void startsBesideAnotherComesBackAfterDeathAndStops(Distribution shared) throws IOException {
        try (Distribution own = Distribution.start(FrontDoor.newHome("life"), "--empty")) {
            assertNotEquals(shared.uri(), own.uri());
            assertEquals("ours\n", own.exec("shell:echo ours").orThrow());
            assertEquals("theirs\n", shared.exec("shell:echo theirs").orThrow());

            ProcessHandle first = own.container().orElseThrow();
            first.destroyForcibly();
            first.onExit().join();
            ProcessHandle second = Distribution.eventually(
                    "another container runs",
                    Duration.ofSeconds(20),
                    () -> own.container().filter(process -> process.pid() != first.pid()));
            String again = Distribution.eventually(
                    "the shell answers again",
                    Duration.ofSeconds(60),
                    () -> Optional.of(own.exec("shell:echo again"))
                            .filter(ended -> ended.status() == 0)
                            .map(Ended::out));
            assertEquals("again\n", again);
            String log = Files.readString(own.home().resolve("log/supervisor.log"));
            assertTrue(log.contains("restart 1 of at most 3 in 5 minutes"), log);

            ProcessHandle supervisor = own.supervisor().orElseThrow();
            assertEquals("stopped\n", own.stop().orThrow());
            assertFalse(Distribution.runs(second), "the container survived the stop");
            assertFalse(Distribution.runs(supervisor), "the supervisor survived the stop");
            assertEquals(3, own.status().status());
            assertEquals(0, shared.status().status());
        }
    }
}
