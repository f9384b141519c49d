package org.vinestock.qemu.offer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.GuestAgent;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.qmp.Json;

/** QEMU's guest agent, asked over a connection that is made for each question: its port serves one at a time. */
public record VmGuestAgent(Reach vm) implements GuestAgent {
    /** Within this an agent that is there has answered, also on a machine that is busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long LOOK_MILLIS = 50;
    private static final int CUT = 64 * 1024;

    /** A conversation with the agent. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(org.vinestock.qemu.guest.GuestAgent agent) throws InterruptedException;
    }

    @Override
    public CompletionStage<GuestInfo> info() {
        return vm.work(() -> talk(agent -> {
            Map<?, ?> info = map(ask(agent, "guest-info", Json.object()));
            return new GuestInfo(
                    String.valueOf(info.get("version")),
                    text(map(askOrNothing(agent, "guest-get-host-name")), "host-name"),
                    text(map(askOrNothing(agent, "guest-get-osinfo")), "pretty-name"),
                    addresses(askOrNothing(agent, "guest-network-get-interfaces")));
        }));
    }

    @Override
    public CompletionStage<Ran> run(String program, List<String> arguments, Duration limit) {
        return vm.work(() -> talk(agent -> {
            Map<?, ?> begun = map(
                    ask(agent, "guest-exec", Json.object("path", program, "arg", arguments, "capture-output", true)));
            Object pid = begun.get("pid");
            long deadline = vm.scheduler().nanoTime() + limit.toNanos();
            while (pid instanceof Long number) {
                Map<?, ?> status = map(ask(agent, "guest-exec-status", Json.object("pid", number)));
                if (Boolean.TRUE.equals(status.get("exited"))) {
                    return new Ran(
                            status.get("exitcode") instanceof Long code ? Math.toIntExact(code) : -1,
                            decoded(status, "out-data"),
                            decoded(status, "err-data"));
                }
                if (vm.scheduler().nanoTime() > deadline) {
                    throw new VinestockException(
                            MachineError.GUEST_REFUSES,
                            program + " in " + vm.id() + " had not ended after " + limit.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            throw new VinestockException(MachineError.GUEST_REFUSES, program + " was not begun in " + vm.id());
        }));
    }

    /** Asks the guest to shut down; false if no agent answers. For threads of the host. */
    public boolean shutDown() throws InterruptedException {
        try {
            talk(agent -> {
                ask(agent, "guest-ping", Json.object());
                return result(agent.tell("guest-shutdown", Json.object("mode", "powerdown"), PATIENCE));
            });
            return true;
        } catch (VinestockException e) {
            return false;
        }
    }

    private <T> T talk(Talk<T> talk) throws InterruptedException {
        if (vm.pid() == 0) {
            throw new VinestockException(MachineError.NOT_OFFERED, vm.id() + " is off");
        }
        org.vinestock.qemu.guest.GuestAgent agent = result(org.vinestock.qemu.guest.GuestAgent.connect(
                vm.loop(), vm.folder().socket("agent"), vm.scheduler()));
        try {
            return talk.with(agent);
        } finally {
            agent.close();
        }
    }

    private Object ask(org.vinestock.qemu.guest.GuestAgent agent, String command, Map<String, ?> arguments)
            throws InterruptedException {
        return result(agent.execute(command, arguments, PATIENCE));
    }

    /** Not every agent knows every question. */
    private @Nullable Object askOrNothing(org.vinestock.qemu.guest.GuestAgent agent, String command)
            throws InterruptedException {
        try {
            return ask(agent, command, Json.object());
        } catch (VinestockException e) {
            return null;
        }
    }

    private <T> T result(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new VinestockException(
                    MachineError.NOT_OFFERED, "the guest agent of " + vm.id() + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new VinestockException(
                    MachineError.NOT_OFFERED,
                    "no guest agent answers in " + vm.id() + "; is qemu-guest-agent installed?",
                    e);
        }
    }

    private static Map<?, ?> map(@Nullable Object answer) {
        return answer instanceof Map<?, ?> map ? map : Json.object();
    }

    private static @Nullable String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    private static String decoded(Map<?, ?> fields, String name) {
        if (!(fields.get(name) instanceof String encoded)) {
            return "";
        }
        byte[] bytes = Base64.getDecoder().decode(encoded);
        return new String(bytes, 0, Math.min(CUT, bytes.length), StandardCharsets.UTF_8);
    }

    private static List<String> addresses(@Nullable Object interfaces) {
        List<String> addresses = new ArrayList<>();
        if (interfaces instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> one = map(each);
                if ("lo".equals(one.get("name")) || !(one.get("ip-addresses") instanceof List<?> all)) {
                    continue;
                }
                for (Object address : all) {
                    addresses.add(String.valueOf(map(address).get("ip-address")));
                }
            }
        }
        return addresses;
    }
}
