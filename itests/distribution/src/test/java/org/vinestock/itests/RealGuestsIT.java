package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vinestock.testkit.guest.TestGuest;

/** A real guest on this machine: made, asked, plugged into, and undisturbed by the death of what serves it. */
class RealGuestsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int KILLS = Integer.getInteger("vinestock.kills", 5);
    private static final Pattern TURN = Pattern.compile("(?m)^io (\\d+) (ok|WRONG|ERROR) at (\\d+\\.\\d+)");

    /** Writes half a MiB of noise, forgets it, reads it again, and says whether it is the same. */
    private static final String WORK = "i=0; while :; do i=$((i+1)); n=$((i%16*8));"
            + " dd if=/dev/urandom of=/tmp/x bs=64k count=8 2>/dev/null; s=$(md5sum </tmp/x); w=ok;"
            + " dd if=/tmp/x of=/dev/vda bs=64k seek=$n conv=notrunc,fsync 2>/dev/null || w=ERROR;"
            + " echo 3 >/proc/sys/vm/drop_caches;"
            + " t=$(dd if=/dev/vda bs=64k skip=$n count=8 2>/dev/null | md5sum);"
            + " [ \"$s\" = \"$t\" ] || w=WRONG;"
            + " echo \"io $i $w at $(cut -d' ' -f1 /proc/uptime)\"; done";

    private String credentials = "";
    private Distribution site;

    @AfterEach
    void endWhatOutlivesTheContainer() throws IOException {
        if (site == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(site.home())) {
            for (Path file : files.filter(each -> each.endsWith("qemu.pid") || each.endsWith("supervisor.pid"))
                    .sorted()
                    .toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        Path process = site.home().resolve("dataplane/pid");
        if (Files.exists(process)) {
            ProcessHandle.of(Long.parseLong(Files.readString(process).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
        site.close();
    }

    private void start() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/qemu-system-x86_64"));
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(there, "there is no qemu-system-x86_64: apt-get install qemu-system-x86");
        }
        site = Distribution.start(FrontDoor.newHome("guests"), "--local");
        String login = "admin:" + site.password().orElseThrow();
        credentials = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        Distribution.eventually(
                "this machine is a host",
                LIMIT,
                () -> Optional.of(site.exec("host:list").out()).filter(out -> out.contains("UP")));
    }

    private void boot(String vm, String more) {
        TestGuest guest = TestGuest.make();
        site.exec("vm:create " + vm + " --cores 1 --memory 128MiB --kernel " + guest.kernel() + " --initramfs "
                        + guest.initramfs() + " --append \"" + TestGuest.COMMAND_LINE + "\" " + more)
                .orThrow();
        printed(vm, TestGuest.UP);
    }

    /** Waits until a guest has printed something. */
    private String printed(String vm, String what) {
        return Distribution.eventually(
                vm + " prints " + what, LIMIT, () -> Optional.of(console(vm)).filter(text -> text.contains(what)));
    }

    private String console(String vm) {
        return site.exec("vm:console " + vm + " --once --tail 65536").orThrow();
    }

    private void type(String vm, String text) {
        String json = "{\"text\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\\n\"}";
        HttpResponse<String> answer = site.send(
                HttpRequest.newBuilder()
                        .header("Authorization", credentials)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                "api/v1/vm/console/" + vm);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void showsWhatAGuestPrintsAndPlugsDisksIntoIt() throws Exception {
        start();
        boot("g1", "--user-data \"#cloud-config\"");
        assertTrue(site.exec("host:info " + host()).orThrow().contains("hypervisor"));
        type("g1", "mkdir -p /cd; mount -t iso9660 /dev/sr0 /cd; cat /cd/meta-data");
        printed("g1", "local-hostname: \"g1\"");
        site.exec("disk:create data --size 64MiB").orThrow();
        site.exec("vm:attach-disk g1 data --device data").orThrow();
        type("g1", "sleep 1; echo size $(cat /sys/block/vda/size); cat /sys/block/vda/serial");
        printed("g1", "size 131072");
        printed("g1", "data");
        assertTrue(site.exec("disk:delete data").err().contains("g1"));
        site.exec("vm:detach g1 data").orThrow();
        site.exec("disk:delete data").orThrow();
        Path shot = site.home().resolve("g1.png");
        site.exec("vm:screenshot g1 " + shot).orThrow();
        assertEquals("PNG", new String(Files.readAllBytes(shot), 1, 3, StandardCharsets.US_ASCII));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(shot)));
        HttpResponse<String> picture =
                site.send(HttpRequest.newBuilder().header("Authorization", credentials), "api/v1/vm/screen/g1");
        assertEquals("image/png", picture.headers().firstValue("Content-Type").orElse(""));
        assertTrue(site.exec("vm:console g1 --tail 0 --type \"echo a-b | tr - _\"")
                .orThrow()
                .contains("a_b"));
        assertTrue(site.exec("audit:list --object g1").orThrow().contains("vm.console"));
        site.exec("vm:pause g1").orThrow();
        assertTrue(site.exec("vm:list").orThrow().contains("PAUSED"));
        site.exec("vm:resume g1").orThrow();
        assertTrue(site.exec("vm:stats g1").orThrow().contains("128MiB"));
        type("g1", "echo c >/proc/sysrq-trigger");
        Distribution.eventually(
                "the panic is heard",
                LIMIT,
                () -> Optional.of(site.exec("vm:events g1").orThrow()).filter(text -> text.contains("PANICKED")));
        site.exec("vm:stop g1 --now").orThrow();
        site.exec("vm:delete g1").orThrow();
        assertFalse(site.exec("disk:list").orThrow().contains("g1"));
        try (Stream<Path> left = Files.list(site.home().resolve("disks"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private String host() {
        Matcher name = Pattern.compile("(?m)^(\\S+) +UP")
                .matcher(site.exec("host:list").orThrow());
        assertTrue(name.find());
        return name.group(1);
    }

    @Test
    void aGuestDoesNotNoticeTheDeathOfContainerAndBlockProcess() throws Exception {
        start();
        site.exec("disk:create data --size 64MiB").orThrow();
        boot("g2", "--disks data");
        type("g2", WORK);
        printed("g2", "io 3 ok");
        Path vm = site.home().resolve("vms/g2/qemu.pid");
        String qemu = Files.readString(vm);
        Random random = new Random(1);
        Pauses both = new Pauses("both");
        Pauses process = new Pauses("the block process");
        Pauses container = new Pauses("the container");
        double adopted = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            boolean together = kill % 2 == 1;
            waitAtRandom(random);
            ProcessHandle supervisor = site.supervisor().orElseThrow();
            long seen = turns(everything());
            killBlockProcess();
            if (together) {
                waitAtRandom(random);
            } else {
                goesOn(seen, process);
                seen = turns(everything());
            }
            long killed = System.nanoTime();
            kill(site.container().orElseThrow().pid());
            boolean byItself = startedAgain(supervisor);
            Distribution.eventually(
                    "g2 is served after kill " + kill,
                    LIMIT,
                    () -> Optional.of(site).filter(RealGuestsIT::servesGuest));
            adopted = byItself ? Math.max(adopted, (System.nanoTime() - killed) / 1e9) : adopted;
            assertTrue(site.exec("vm:list").out().contains("RUNNING"));
            assertEquals(qemu, Files.readString(vm), "it is the same process");
            goesOn(seen, together ? both : container);
        }
        String all = everything();
        assertFalse(all.contains("I/O error"), all);
        for (Matcher turn = TURN.matcher(all.replace("\r", "")); turn.find(); ) {
            assertEquals("ok", turn.group(2), turn.group());
        }
        System.err.printf(
                Locale.ROOT,
                "%d deaths; from the container's to its guest served again at most %.1f s; longest time between two turns of"
                        + " the guest: %s; %s; %s; usual time %.2f s%n",
                KILLS,
                adopted,
                both,
                process,
                container,
                usualPause(all));
        site.exec("vm:stop g2 --now").orThrow();
        site.exec("disk:unserve data");
        assertTrue(site.exec("vm:delete g2").status() == 0);
        String checked = site.exec("disk:check data").orThrow();
        assertFalse(checked.contains("corrupt") && !checked.contains("0"), checked);
    }

    /** All that was printed: it may be more than is shown at once. */
    private String everything() {
        try {
            return Files.readString(site.home().resolve("vms/g2/console.log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long turns(String text) {
        long last = 0;
        for (Matcher turn = TURN.matcher(text.replace("\r", "")); turn.find(); ) {
            last = Long.parseLong(turn.group(1));
        }
        return last;
    }

    /** The longest time between two turns of a guest, for each death of one kind. */
    private static final class Pauses {
        private final String ofWhat;
        private final List<Double> seconds = new ArrayList<>();

        Pauses(String ofWhat) {
            this.ofWhat = ofWhat;
        }

        @Override
        public String toString() {
            return ofWhat + " " + seconds.stream().sorted().toList();
        }
    }

    /** Waits until the guest has done some turns more, and notes the longest time between two. */
    private void goesOn(long seen, Pauses into) {
        String all = Distribution.eventually(
                "g2 goes on after a death of " + into.ofWhat,
                LIMIT,
                () -> Optional.of(everything()).filter(text -> turns(text) > seen + 3));
        into.seconds.add(
                pauses(all.substring(all.indexOf("io " + seen + " "))).max().orElseThrow());
    }

    private static double usualPause(String text) {
        double[] sorted = pauses(text).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static DoubleStream pauses(String text) {
        DoubleStream.Builder pauses = DoubleStream.builder();
        double before = -1;
        for (Matcher turn = TURN.matcher(text.replace("\r", "")); turn.find(); ) {
            double at = Double.parseDouble(turn.group(3));
            if (before >= 0) {
                pauses.add(Math.round((at - before) * 100) / 100.0);
            }
            before = at;
        }
        return pauses.build();
    }

    private static void waitAtRandom(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500)); // a death has no right moment
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static boolean servesGuest(Distribution site) {
        try {
            return site.get("/api/v1/vm/stats/g2").statusCode() == 200;
        } catch (AssertionError e) {
            return false; // nobody listens yet
        }
    }

    private void killBlockProcess() throws IOException {
        kill(Long.parseLong(
                Files.readString(site.home().resolve("dataplane/pid")).strip()));
    }

    /** A supervisor starts it anew three times in five minutes; then a person has to. Returns whether it was the former. */
    private boolean startedAgain(ProcessHandle supervisor) {
        boolean givenUp = Distribution.eventually(
                "it is started again, or its supervisor has given up",
                LIMIT,
                () -> Distribution.runs(supervisor) ? site.container().map(process -> false) : Optional.of(true));
        if (givenUp) {
            site = Distribution.start(site.home());
        }
        return !givenUp;
    }
}
