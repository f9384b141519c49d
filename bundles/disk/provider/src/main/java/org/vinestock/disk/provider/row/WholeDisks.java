package org.vinestock.disk.provider.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.SiteCheck;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.Violation;

/**
 * Says which rows name disks that are not there, and what a document would do to disks that only tasks may: an image is made,
 * moved, resized and deleted there, not in a document.
 */
public final class WholeDisks implements SiteCheck {
    /** What people decide on. */
    public static final DesiredKinds DESIRED = new DesiredKinds(List.of(Disk.KIND));

    @Override
    public List<Violation> check(Snapshot before, Snapshot after) {
        List<Violation> found = new ArrayList<>();
        for (Disk disk : after.rows(Disk.KIND)) {
            references(disk, after, found);
            if (!disk.file().startsWith("/") || !disk.file().endsWith("/" + disk.id() + "." + disk.format())) {
                found.add(new Violation(
                        "file",
                        "disk " + disk.id() + " has the file " + disk.file() + "; accepted: FOLDER/" + disk.id() + "."
                                + disk.format()));
            }
        }
        for (Vm vm : after.rows(SiteKinds.VM)) {
            for (VmDisk device : vm.hardware().disks()) {
                mustBe(device.disk(), "vm " + vm.id(), after, found);
            }
        }
        for (Disk was : before.rows(Disk.KIND)) {
            kept(was, after.rows(Disk.KIND).find(was.id()), found);
        }
        return found;
    }

    private static void references(Disk disk, Snapshot after, List<Violation> found) {
        if (after.rows(SiteKinds.HOST).find(disk.host()).isEmpty()) {
            found.add(new Violation(
                    "reference", "disk " + disk.id() + " names host " + disk.host() + ", which is not there"));
        }
        @Nullable DiskId parent = disk.parent();
        if (parent != null) {
            mustBe(parent, "disk " + disk.id(), after, found);
        }
    }

    private static void mustBe(DiskId disk, String by, Snapshot after, List<Violation> found) {
        if (after.rows(Disk.KIND).find(disk).isEmpty()) {
            found.add(new Violation("reference", by + " names disk " + disk + ", which is not there"));
        }
    }

    private static void kept(Disk was, Optional<Disk> is, List<Violation> found) {
        if (is.isEmpty()) {
            found.add(new Violation(
                    "image", "disk " + was.id() + " would be left out; remove it with disk:delete first"));
        } else if (!is.get().host().equals(was.host())
                || !is.get().file().equals(was.file())
                || !is.get().format().equals(was.format())
                || !is.get().size().equals(was.size())
                || !Objects.equals(is.get().parent(), was.parent())) {
            found.add(
                    new Violation("image", "disk " + was.id() + " would be another one; a document changes no image"));
        } else if (is.get().serve() != was.serve()) {
            found.add(new Violation(
                    "image",
                    "disk " + was.id() + " would be served otherwise; use disk:serve or disk:unserve " + was.id()));
        }
    }

    @Override
    public List<String> leftToDo(Snapshot before, Snapshot after) {
        int came = 0;
        for (Disk disk : after.rows(Disk.KIND)) {
            came += before.rows(Disk.KIND).find(disk.id()).isPresent() ? 0 : 1;
        }
        if (came == 0) {
            return List.of();
        }
        return List.of(
                came == 1
                        ? "1 disk has a row and no image yet: put its file there; disk:check says whether it is what the row says"
                        : came
                                + " disks have rows and no images yet: put their files there; disk:check says whether they are what the rows say");
    }
}
