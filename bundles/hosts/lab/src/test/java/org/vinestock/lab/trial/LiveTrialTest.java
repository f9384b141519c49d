package org.vinestock.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vinestock.area.TwinSpec;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.LabOperations.BuildSite;
import org.vinestock.lab.PlayedSite;
import org.vinestock.lab.drive.Happening;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialRequest;

@Timeout(120)
class LiveTrialTest {
    private final PlayedSite live = new PlayedSite(1);
    private final LabGround ground = new LabGround(live.platform());

    @AfterEach
    void close() {
        live.close();
    }

    private void site(int hosts, int cores, int arrivals) {
        live.done(
                LabOperations.BUILD,
                new BuildSite(
                        hosts,
                        2,
                        2,
                        cores,
                        ByteCount.ofGib(4L * cores),
                        BigDecimal.valueOf(arrivals),
                        1,
                        Duration.ofSeconds(5)));
        live.pass(Duration.ofSeconds(5));
    }

    private <P extends Record> void act(OperationType<P, ?> type, P parameters) {
        live.start(type, parameters);
        live.pass(Duration.ofSeconds(10));
    }

    private void create(String id, int cores) {
        act(
                MachineOperations.CREATE_VM,
                new MachineOperations.CreateVm(
                        new VmId(id), BigDecimal.valueOf(cores), ByteCount.ofGib(4), Labels.of("app", id)));
    }

    private Trial trial(@Nullable Integer hosts, @Nullable Integer minutes) {
        CompletionStage<Trial> trial = ground.prepare(new TrialRequest("live", hosts, minutes, 1));
        live.pass(Duration.ofMillis(10));
        return trial.toCompletableFuture().join();
    }

    @Test
    void readsBackWhoArrivedWhoLeftAndWhoFoundNoPlace() {
        site(2, 8, 0);
        create("a", 4);
        create("b", 8);
        create("c", 4);
        create("d", 8);
        act(MachineOperations.DELETE_VM, new MachineOperations.DeleteVm(new VmId("a")));
        create("e", 2);
        LiveTrial trial = (LiveTrial) trial(null, null);
        List<String> told = trial.happenings().stream()
                .map(happening -> happening.atMillis() + " "
                        + (happening instanceof Happening.Arrives arrives
                                ? "+" + arrives.vm() + " " + arrives.millicores() + " "
                                        + arrives.labels().values()
                                : "-" + ((Happening.Leaves) happening).vm()))
                .toList();
        assertEquals(
                List.of(
                        "0 +a 4000 {app=a}",
                        "10000 +b 8000 {app=b}",
                        "20000 +c 4000 {app=c}",
                        "20000 -a",
                        "30000 +d-refused-4 8000 {app=d}",
                        "50000 +e 2000 {app=e}"),
                told);
        assertEquals(Duration.ofSeconds(50), trial.length());
        assertEquals(0, trial.state().rows(SiteKinds.VM).size());
        assertTrue(
                trial.title()
                        .startsWith("what came to this site in the last 0.8 min that it still holds: 5 VMs arrived (1"
                                + " found no place), 1 left; from revision "),
                trial.title());
    }

    @Test
    void goesBackAsFarAsIsAskedFor() {
        site(2, 8, 0);
        create("a", 1);
        live.pass(Duration.ofMinutes(3));
        create("b", 1);
        LiveTrial trial = (LiveTrial) trial(null, 2);
        assertEquals(1, trial.happenings().size());
        assertEquals(1, trial.state().rows(SiteKinds.VM).size());
    }

    @Test
    void saysSoIfNothingCameAndWhatALiveSiteDoesNotTake() {
        site(2, 8, 0);
        assertEquals(
                "on: nothing came to this site that is still held; accepted: demand, a file of recorded arrivals, or live"
                        + " once VMs have arrived",
                refusal(null, null));
        create("a", 1);
        live.pass(Duration.ofMinutes(3));
        assertEquals(
                "on: nothing came to this site in the last 2 min that is still held; accepted: demand, a file of recorded"
                        + " arrivals, or live once VMs have arrived",
                refusal(null, 2));
        assertEquals(
                "hosts: 9 with live; accepted: left out, a copy of this site has as many as the site",
                refusal(9, null));
    }

    private String refusal(@Nullable Integer hosts, @Nullable Integer minutes) {
        return assertThrows(CompletionException.class, () -> trial(hosts, minutes))
                .getCause()
                .getMessage();
    }

    @Test
    void playsTheSameAgainInATwin() {
        site(24, 32, 2);
        live.pass(Duration.ofMinutes(3));
        LiveTrial trial = (LiveTrial) trial(null, null);
        assertTrue(trial.happenings().size() > 100 && trial.refused() == 0, trial.title());
        var twin = live.platform().twins().build(new TwinSpec(1, trial.start(), List.of(), trial.state()));
        var course = trial.begin(twin.platform());
        twin.run(trial.start().plus(Duration.ofMinutes(30)), 10_000_000);
        assertTrue(course.ended());
        assertEquals(null, course.failure());
        long arrived = trial.happenings().stream()
                .filter(happening -> happening instanceof Happening.Arrives)
                .count();
        long left = trial.happenings().size() - arrived;
        assertEquals(
                trial.state().rows(SiteKinds.VM).size() + arrived - left,
                twin.platform().inventory().head().rows(SiteKinds.VM).size());
        twin.close();
    }
}
