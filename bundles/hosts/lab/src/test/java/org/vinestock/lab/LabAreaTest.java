package org.vinestock.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.site.SiteShape;
import org.vinestock.lab.site.Topology;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.task.Request;

class LabAreaTest {
    private PlayedSite site = new PlayedSite(1);

    private <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters) {
        return site.done(type, parameters);
    }

    private static LabOperations.BuildSite demo(double arrivals) {
        return new LabOperations.BuildSite(
                24, 4, 2, 32, ByteCount.ofGib(128), BigDecimal.valueOf(arrivals), 1, Duration.ofSeconds(5));
    }

    private void speed(double factor) {
        done(LabOperations.SPEED, new LabOperations.Speed(BigDecimal.valueOf(factor)));
    }

    private LabInfo info() {
        return site.rows("lab.info", LabInfo.class).get(0);
    }

    @Test
    void startsNothingWhenItIsBuilt() {
        assertEquals(0, site.events(PlayedSite.START.plusSeconds(3600), 10));
        assertEquals(
                List.of(),
                site.platform().service(Hypervisors.class).orElseThrow().hosts());
        assertEquals(0, site.inventory.head().ref().revision());
    }

    @Test
    void buildsTheDemoSiteByAnOperation() {
        LabOperations.SiteBuilt built = done(LabOperations.BUILD, demo(0));

        assertEquals(24, built.hosts());
        assertEquals(24, site.inventory.committed().rows(SiteKinds.HOST).size());
        assertEquals(
                24, site.inventory.committed().rows(SiteKinds.HOST_OBSERVED).size());
        assertEquals(0, site.inventory.committed().rows(PlacementRule.KIND).size());
        site.pass(Duration.ofMinutes(10));
        assertEquals(0, info().created(), "no arrivals were asked for");
        String said = assertThrows(IllegalArgumentException.class, () -> done(LabOperations.BUILD, demo(0)))
                .getMessage();
        assertTrue(said.contains("accepted: one site"), said);
    }

    @Test
    void whatPeopleHadBuiltComesBack() {
        done(LabOperations.BUILD, demo(2));
        site.pass(Duration.ofMinutes(1));
        HostId dark = new HostId("z1-r1-h01");
        done(LabOperations.FAIL, new LabOperations.Target(dark.value()));
        site.pass(Duration.ofSeconds(10));
        int running = info().running();
        site.close();

        site = new PlayedSite(2, site.inventory);
        site.pass(Duration.ofMillis(1));
        assertEquals(24, info().hosts());
        assertEquals(running, info().running());
        assertEquals(List.of(dark), info().withoutPower(), "a host without power stays so");
        site.pass(Duration.ofMinutes(1));
        assertTrue(info().created() > 30, "its tenants come back: " + info());
    }

    @Test
    void whatIsImportedIsSwitchedOn() {
        Kind<BuiltSite> kind = BuiltSite.KIND;
        SiteShape shape = new SiteShape(1, 1, 3, 4_000, ByteCount.ofGib(8), 1, Duration.ofSeconds(5));
        List<Change> rows = new ArrayList<>(Topology.of(shape).rows());
        rows.add(new Change.Put<>(kind, BuiltSite.ID, new BuiltSite(BuiltSite.ID, shape, 0)));
        site.inventory.commit(new ChangeSet(0, rows));
        site.pass(Duration.ofSeconds(1));

        assertEquals(3, info().hosts());
        assertEquals(3, site.head().rows(SiteKinds.HOST_OBSERVED).size());
    }

    @Test
    void theDemoSiteIsBuiltAnewByEachProcess() {
        site.done(LabOperations.BUILD, demo(2), new Request(DemoSite.NAME));
        site.pass(Duration.ofMinutes(1));
        site.pass(Duration.ofMinutes(1));
        HostId dark = new HostId("z1-r1-h01");
        HostId kept = new HostId("z2-r4-h24");
        done(LabOperations.FAIL, new LabOperations.Target(dark.value()));
        done(MachineOperations.HOST_MAINTENANCE, new MachineOperations.HostMaintenance(kept, true));
        site.pass(Duration.ofSeconds(10));
        int running = info().running();
        site.close();

        site = new PlayedSite(2, site.inventory);
        site.pass(Duration.ofMillis(1));
        assertEquals(0, info().hosts());
        site.done(LabOperations.BUILD, demo(0), new Request(DemoSite.NAME));
        assertEquals(running, info().running());
        assertEquals(List.of(dark), info().withoutPower(), "a host without power stays so");
        assertTrue(
                site.head().rows(SiteKinds.HOST).find(kept).orElseThrow().maintenance(),
                "what people have set since the site was built stays so");
    }

    @Test
    void tenantsKeepTheSiteBetween60And75PercentFull() {
        for (long seed = 1; seed <= 10; seed++) {
            site = new PlayedSite(seed);
            done(LabOperations.BUILD, demo(2));
            site.pass(Duration.ofSeconds(15));
            for (int i = 0; i < 60; i++) {
                site.pass(Duration.ofSeconds(20));
                double full = Math.max(info().cpu(), info().memory());
                assertTrue(full > 0.60 && full < 0.75, "seed " + seed + ": " + info());
            }
            LabInfo info = info();
            assertEquals(0, info.failed() + info.notIssued(), info.toString());
            assertTrue(info.refused() < info.created() / 100, "now and then a large one finds no room: " + info);
            double perSecond = info.created() / 1215.0;
            assertTrue(perSecond > 1.5 && perSecond < 2.8, "VMs a second: " + perSecond);
        }
    }

    @Test
    void tenantsAskForDifferentThingsAndHaveARule() {
        done(LabOperations.BUILD, demo(2));
        site.pass(Duration.ofMinutes(2));

        List<Vm> vms = StreamSupport.stream(
                        site.inventory.head().rows(SiteKinds.VM).spliterator(), false)
                .toList();
        for (String app : List.of("web", "db", "batch")) {
            assertTrue(vms.stream().anyMatch(vm -> vm.labels().has("app", app)), app);
        }
        assertTrue(vms.stream().map(Vm::millicores).distinct().count() >= 4);
        List<String> rules = StreamSupport.stream(
                        site.inventory.head().rows(PlacementRule.KIND).spliterator(), false)
                .map(PlacementRule::inWords)
                .toList();
        assertEquals(List.of("no two VMs with app=web in one host"), rules);
    }

    @Test
    void whatDoesNotFitIntoWhatMayBeOutstandingIsCountedAndNotIssued() {
        done(LabOperations.BUILD, demo(1_000));
        for (int i = 0; i < 200; i++) {
            site.pass(Duration.ofMillis(20));
            assertTrue(info().outstanding() <= 32, info().toString());
        }
        assertTrue(info().notIssued() > 1_000, info().toString());
        assertTrue(info().created() > 100, info().toString());
        assertEquals(0, info().failed(), info().lastFailure());
    }

    @Test
    void arrivalsStandStillAtSpeedZeroAndGoOnWithAnotherSpeed() {
        done(LabOperations.BUILD, demo(2));
        site.pass(Duration.ofSeconds(30));
        speed(0);
        site.pass(Duration.ofSeconds(5));
        LabInfo still = info();
        site.pass(Duration.ofHours(1));
        assertEquals(still, info());
        speed(100);
        site.pass(Duration.ofSeconds(10));
        assertTrue(info().created() > still.created() + 1_000, info().toString());
    }

    @Test
    void aZoneFailsAndHealsAndItsVmsLeaveMeanwhile() {
        done(LabOperations.BUILD, demo(2));
        site.pass(Duration.ofSeconds(60));
        LabOperations.HostsChanged failed = done(LabOperations.FAIL, new LabOperations.Target("z1"));

        assertEquals(12, failed.hosts().size());
        assertEquals(failed.hosts(), info().withoutPower());
        site.pass(Duration.ofMinutes(5));
        long underWay = info().failed();
        assertTrue(underWay < 5, "VMs also leave hosts without power, only what was being made fails: " + info());

        done(LabOperations.HEAL, new LabOperations.OptionalTarget("z1-r2"));
        assertEquals(6, info().withoutPower().size());
        done(LabOperations.HEAL, new LabOperations.OptionalTarget(null));
        assertEquals(List.of(), info().withoutPower());
        site.pass(Duration.ofMinutes(2));
        site.pass(Duration.ofMinutes(10));
        assertEquals(underWay, info().failed(), info().lastFailure());
        assertTrue(info().cpu() > 0.55, info().toString());
    }

    @Test
    void saysWhatCanFailWhenTheTargetIsUnknown() {
        String none = assertThrows(
                        IllegalArgumentException.class, () -> done(LabOperations.FAIL, new LabOperations.Target("z1")))
                .getMessage();
        assertTrue(none.contains("has no site"), none);
        done(LabOperations.BUILD, demo(0));
        String said = assertThrows(
                        IllegalArgumentException.class, () -> done(LabOperations.FAIL, new LabOperations.Target("z9")))
                .getMessage();
        assertTrue(said.contains("accepted: such as z1-r1-h01, z1-r1 or z1"), said);
        assertEquals(
                List.of(new HostId("z1-r2-h07")),
                done(LabOperations.FAIL, new LabOperations.Target("z1-r2-h07")).hosts());
    }

    @Test
    void isBuiltTwiceAndLeavesNothingBehind() {
        done(LabOperations.BUILD, demo(2));
        PlayedSite other = new PlayedSite(2);
        other.pass(Duration.ofMinutes(1));
        assertEquals(0, other.inventory.head().ref().revision(), "the other one knows nothing of it");

        site.pass(Duration.ofMinutes(1));
        site.close();
        site.pass(Duration.ofSeconds(10));
        Snapshot closed = site.inventory.head();
        assertEquals(0, site.events(site.scheduler.instant().plusSeconds(3600), 10));
        assertEquals(closed.ref(), site.inventory.head().ref());
    }

    @Test
    void theSameSeedGivesTheSameSiteToTheLastRow() {
        assertEquals(aMinute(7), aMinute(7));
        assertTrue(!aMinute(7).equals(aMinute(8)));
    }

    private String aMinute(long seed) {
        site = new PlayedSite(seed);
        done(LabOperations.BUILD, demo(5));
        site.pass(Duration.ofMinutes(1));
        StringBuilder rows = new StringBuilder();
        site.inventory.head().rows(SiteKinds.VM).forEach(rows::append);
        return rows.append(info()).toString();
    }
}
