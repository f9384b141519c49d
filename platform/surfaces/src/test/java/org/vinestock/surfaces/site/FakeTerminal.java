package org.vinestock.surfaces.site;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Role;
import org.vinestock.terminal.Terminal;
import org.vinestock.terminal.TerminalLine;

/** {@code vm.console} of {@code vm-1}: what is typed comes back as an echo, with an answer. For one thread. */
public final class FakeTerminal implements Terminal<FakeSite.Which>, TerminalLine {
    /** What was typed. */
    public final ByteArrayOutputStream typed = new ByteArrayOutputStream();

    /** What is printed after the echo of what was typed. */
    public String answer = "";

    /** Whether what is behind it is off, so that nobody reads what is typed. */
    public boolean closed;

    /** How many of the first bytes are no longer kept. */
    public int forgotten;

    /** How many times it was opened. */
    public int opened;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** Prints. */
    public void print(String text) {
        print(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Prints bytes. */
    public void print(byte... bytes) {
        printed.writeBytes(bytes);
    }

    @Override
    public String name() {
        return "vm.console";
    }

    @Override
    public String summary() {
        return "Show what a VM prints";
    }

    @Override
    public Class<FakeSite.Which> parametersType() {
        return FakeSite.Which.class;
    }

    @Override
    public Role role() {
        return Role.OPERATOR;
    }

    @Override
    public CompletionStage<TerminalLine> open(FakeSite.Which parameters, Snapshot snapshot) {
        if (!parameters.id().value().equals("vm-1")) {
            throw new IllegalArgumentException("there is no VM " + parameters.id());
        }
        opened++;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletionStage<Printed> read(long from, int atMost) {
        byte[] all = printed.toByteArray();
        int at = (int) Math.min(all.length, Math.max(forgotten, from < 0 ? all.length + from : from));
        int count = Math.min(atMost, all.length - at);
        return CompletableFuture.completedFuture(new Printed(at, ByteBuffer.wrap(all, at, count), all.length));
    }

    @Override
    public CompletionStage<?> type(byte[] bytes) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new VinestockException(FakeSite.Code.HOST_UNREACHABLE, "vm-1 is off: nobody reads what is typed"));
        }
        typed.writeBytes(bytes);
        print(bytes);
        print(answer);
        return CompletableFuture.completedFuture(bytes.length);
    }
}
