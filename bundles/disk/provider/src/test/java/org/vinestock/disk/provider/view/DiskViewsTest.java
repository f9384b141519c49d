package org.vinestock.disk.provider.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CheckDisk;
import org.vinestock.disk.DiskOperations.CreateDisk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.site.DiskSite;
import org.vinestock.disk.provider.site.VmArea;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.view.Page;

class DiskViewsTest {
    private final DiskSite site = new DiskSite(3);
    private final Planes planes =
            new Planes(site.site.platform(), site.site.scheduler().lane("views"));

    private List<String> listed(DiskListView.Filter filter) {
        List<String> names = new ArrayList<>();
        Page<DiskListView.Row> page = site.read(new DiskListView(), filter, "", 2);
        page.rows().forEach(row -> names.add(row.id().value()));
        while (page.next() != null) {
            page = site.read(new DiskListView(), filter, page.next(), 2);
            page.rows().forEach(row -> names.add(row.id().value()));
        }
        return names;
    }

    private DiskInfoView.Row info(String disk) {
        return site.read(new DiskInfoView(planes), new OneDisk(DiskSite.id(disk)), "", 10)
                .rows()
                .get(0);
    }

    @Test
    void listsDisksPageByPage() {
        site.created("c", "a", "b").overlaid("d", "a");
        site.done(
                DiskOperations.CREATE,
                new CreateDisk(DiskSite.id("e"), DiskSite.GIB, null, "raw", null, Labels.of("app", "web")));
        site.done(VmArea.BUILD, DiskSite.vm("vm-1", false, DiskSite.plugged("b", true)));

        assertEquals(
                List.of("a", "b", "c", "d", "e", "vm-1-root"),
                listed(new DiskListView.Filter(null, Labels.NONE, null)));
        assertEquals(List.of("e"), listed(new DiskListView.Filter(null, Labels.of("app", "web"), null)));
        assertEquals(List.of("b", "vm-1-root"), listed(new DiskListView.Filter(null, Labels.NONE, new VmId("vm-1"))));
        assertEquals(
                6,
                listed(new DiskListView.Filter(DiskSite.HOST, Labels.NONE, null))
                        .size());
        DiskListView.Row a = site.read(new DiskListView(), new DiskListView.Filter(null, Labels.NONE, null), "", 1)
                .rows()
                .get(0);
        assertEquals(1, a.overlays());
    }

    @Test
    void showsRowAndImage() {
        site.done(VmArea.BUILD, DiskSite.vm("vm-1", false));
        site.created("a");
        site.done(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), false));

        assertEquals("as the row says", info("vm-1-root").image());
        assertEquals("for writing on /run/h1 as vm-1-root", info("vm-1-root").served());
        assertEquals(List.of(new VmId("vm-1")), info("vm-1-root").usedBy());
        assertEquals("no", info("a").served());
        assertEquals("2026-11-01T", info("a").checked().substring(0, 11));

        site.plane.files.remove("/disks/a.qcow2");
        assertEquals("there is no qcow2 image /disks/a.qcow2 on h1", info("a").image());
        site.plane.answers = false;
        assertEquals(
                "not known: the data plane of h1 does not answer", info("a").image());
        site.site.plane().remove(site.plane);
        site.run(Duration.ofSeconds(1));
        assertEquals("not known: nobody runs the host's data plane", info("a").image());
    }

    @Test
    void showsTheChain() {
        site.created("a").overlaid("b", "a").overlaid("c", "b");

        List<DiskChainView.Row> rows = site.read(new DiskChainView(planes), new OneDisk(DiskSite.id("c")), "", 10)
                .rows();

        assertEquals(
                List.of("0 c /disks/c.qcow2", "1 b /disks/b.qcow2", "2 a /disks/a.qcow2"),
                rows.stream()
                        .map(row -> row.depth() + " " + row.disk() + " " + row.file())
                        .toList());
    }

    @Test
    void showsWhatIsWherePageByPage() {
        site.done(
                DiskOperations.CREATE,
                new CreateDisk(DiskSite.id("a"), new ByteCount(3 * 65_536 + 512), null, "qcow2", null, Labels.NONE));
        site.overlaid("b", "a");
        DiskMapView view = new DiskMapView(planes);

        Page<DiskMapView.Row> first = site.read(view, new OneDisk(DiskSite.id("b")), "", 3);
        Page<DiskMapView.Row> second = site.read(view, new OneDisk(DiskSite.id("b")), first.next(), 3);

        assertEquals(
                List.of("0 64KiB data of b", "65536 64KiB zeroes of a", "131072 64KiB data of b"),
                first.rows().stream()
                        .map(row -> row.offset() + " " + row.length() + " " + row.what())
                        .toList());
        assertEquals(
                List.of("196608 512B zeroes of a"),
                second.rows().stream()
                        .map(row -> row.offset() + " " + row.length() + " " + row.what())
                        .toList());
        assertEquals(null, second.next());
        assertEquals(
                "nothing yet: reads as zeroes",
                site.read(view, new OneDisk(DiskSite.id("a")), "65536", 1)
                        .rows()
                        .get(0)
                        .what());
        assertEquals(
                "after: \"x\"; accepted: an offset in bytes",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> site.read(view, new OneDisk(DiskSite.id("a")), "x", 1))
                        .getMessage());
    }
}
