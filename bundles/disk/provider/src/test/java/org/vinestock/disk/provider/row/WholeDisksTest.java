package org.vinestock.disk.provider.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.provider.site.DiskSite;
import org.vinestock.disk.provider.site.VmArea;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;

/** Documents of the site that have disks in them. */
class WholeDisksTest {
    private final DiskSite site = new DiskSite(5);
    private final WholeDisks whole = new WholeDisks();

    WholeDisksTest() {
        Host host = new Host(DiskSite.HOST, new RackId("r1"), new ClusterId("main"), Labels.NONE, false);
        site.put(SiteKinds.HOST, DiskSite.HOST, host);
        site.created("a").overlaid("b", "a");
        site.done(VmArea.BUILD, DiskSite.vm("vm-1", false));
    }

    private List<String> wrong(Change change) {
        Snapshot before = site.site.head();
        return whole.check(before, site.site.inventory().tried(List.of(change))).stream()
                .map(Violation::message)
                .toList();
    }

    private static Change put(Disk disk) {
        return new Change.Put<>(Disk.KIND, disk.id(), disk);
    }

    private Disk disk(String name) {
        return site.disk(name).orElseThrow();
    }

    @Test
    void findsASiteWholeAsItIs() {
        assertEquals(List.of(), whole.check(site.site.head(), site.site.head()));
        assertEquals(List.of(), whole.leftToDo(site.site.head(), site.site.head()));
    }

    @Test
    void refusesToLeaveOutADiskAndSaysWhoNamesIt() {
        assertEquals(
                List.of(
                        "disk b names disk a, which is not there",
                        "disk a would be left out; remove it with disk:delete first"),
                wrong(new Change.Removed(Disk.KIND, DiskSite.id("a"))));
        assertEquals(
                List.of(
                        "vm vm-1 names disk vm-1-root, which is not there",
                        "disk vm-1-root would be left out; remove it with disk:delete first"),
                wrong(new Change.Removed(Disk.KIND, DiskSite.id("vm-1-root"))));
    }

    @Test
    void refusesToChangeAnImageOrWhoIsServed() {
        assertEquals(
                List.of("disk a would be another one; a document changes no image"),
                wrong(put(disk("a").with(ByteCount.ofGib(2)))));
        assertEquals(
                List.of("disk a would be served otherwise; use disk:serve or disk:unserve a"),
                wrong(put(disk("a").with(Disk.Serve.WRITABLE))));
    }

    @Test
    void takesARowWithoutAnImageAndSaysSo() {
        Disk a = disk("a");
        Disk imported = new Disk(
                DiskSite.id("new"),
                a.host(),
                "/disks/new.raw",
                "raw",
                a.size(),
                null,
                null,
                Disk.Serve.NO,
                Labels.of("app", "web"));
        assertEquals(List.of(), wrong(put(imported)));
        Snapshot after = site.site.inventory().tried(List.of(put(imported)));
        assertEquals(
                List.of(
                        "1 disk has a row and no image yet: put its file there; disk:check says whether it is what the row says"),
                whole.leftToDo(site.site.head(), after));

        Disk elsewhere = new Disk(
                DiskSite.id("new"), a.host(), "/etc/shadow", "raw", a.size(), null, null, Disk.Serve.NO, Labels.NONE);
        assertEquals(List.of("disk new has the file /etc/shadow; accepted: FOLDER/new.raw"), wrong(put(elsewhere)));
    }

    @Test
    void keepsRowsAndStepsInJson() {
        JsonCodec codec = new JsonCodec();
        TreeMap<String, String> files = new TreeMap<>();
        files.put("user-data", "#cloud-config\n");
        for (DiskSource source : List.of(
                new DiskSource.Empty(DiskSite.GIB),
                new DiskSource.Overlay(DiskSite.id("a"), null),
                new DiskSource.Copy(DiskSite.id("a"), DiskSite.GIB),
                new DiskSource.File("/iso/a", "", null),
                new DiskSource.Seed(files))) {
            DiskSteps.Make make = new DiskSteps.Make(DiskSite.id("x"), null, source, "qcow2", "none", new VmId("vm-1"));
            Unfinished note = new Unfinished(DiskSite.id("x"), DiskSite.HOST, "/disks/x.qcow2", make);
            assertEquals(note, codec.read(codec.write(note), Unfinished.class));
        }
        assertEquals(disk("b"), codec.read(codec.write(disk("b")), Disk.class));
    }
}
