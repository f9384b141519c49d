package org.vinestock.qemu.offer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.Statistics;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.qmp.Json;

/** What a process of QEMU has used, by proc(5), and what went over its disks, by {@code query-blockstats}. */
public record VmStatistics(Reach vm) implements Statistics {
    private static final long TICKS_PER_SECOND = 100; // USER_HZ, the same on all of Linux's targets that matter here
    private static final int UTIME = 11; // fields after the name in /proc/PID/stat
    private static final int STIME = 12;
    private static final long PAGE = 4096;
    private static final String NODE = "node-";

    @Override
    public CompletionStage<Sample> sample() {
        return vm.work(() -> {
            long pid = vm.pid();
            if (pid == 0) {
                throw new VinestockException(MachineError.NOT_OFFERED, vm.id() + " is off");
            }
            return new Sample(cpu(pid), resident(pid), VmBalloon.asked(vm), disks());
        });
    }

    private static Duration cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private static ByteCount resident(long pid) throws IOException {
        String[] fields =
                Files.readString(Path.of("/proc/" + pid + "/statm")).strip().split(" ", -1);
        return new ByteCount(Long.parseLong(fields[1]) * PAGE);
    }

    private List<DiskUse> disks() throws InterruptedException {
        List<DiskUse> disks = new ArrayList<>();
        if (vm.execute("query-blockstats", Json.object()) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> node
                        && node.get("node-name") instanceof String name
                        && name.startsWith(NODE)
                        && node.get("stats") instanceof Map<?, ?> stats) {
                    disks.add(use(name.substring(NODE.length()), stats));
                }
            }
        }
        return disks;
    }

    private static DiskUse use(String device, Map<?, ?> stats) {
        return new DiskUse(
                device,
                number(stats, "rd_operations"),
                new ByteCount(number(stats, "rd_bytes")),
                number(stats, "wr_operations"),
                new ByteCount(number(stats, "wr_bytes")),
                number(stats, "flush_operations"),
                number(stats, "failed_rd_operations")
                        + number(stats, "failed_wr_operations")
                        + number(stats, "failed_flush_operations"));
    }

    private static long number(Map<?, ?> stats, String name) {
        return stats.get(name) instanceof Long number ? number : 0;
    }
}
