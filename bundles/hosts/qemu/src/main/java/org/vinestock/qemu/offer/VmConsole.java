package org.vinestock.qemu.offer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.Console;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.wire.Link;
import org.vinestock.qemu.wire.Receiver;
import org.vinestock.time.Cancellable;

/**
 * The first serial port. QEMU writes what is printed into a file, whether somebody listens or not; whoever types or listens
 * makes this connect to the port, and stay connected.
 */
public final class VmConsole implements Console {
    private static final int TYPED_AT_MOST = 4096;

    private final Reach vm;
    private final ConsoleLog log;
    private final ConcurrentHashMap<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private @Nullable CompletionStage<Link> link; // owned by this

    /** Of a VM; one object as long as the VM is there. */
    public VmConsole(Reach vm) {
        this.vm = vm;
        this.log = new ConsoleLog(vm.folder());
    }

    @Override
    public CompletionStage<Output> read(long from, int atMost) {
        if (atMost < 1 || atMost > MOST) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("atMost " + atMost + "; accepted: 1 to " + MOST));
        }
        return vm.work(() -> log.read(from, atMost));
    }

    @Override
    public CompletionStage<?> type(byte[] bytes) {
        if (bytes.length > TYPED_AT_MOST) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    bytes.length + " bytes typed at once; accepted: " + TYPED_AT_MOST + " at most"));
        }
        if (vm.pid() == 0) {
            return CompletableFuture.failedFuture(
                    new VinestockException(MachineError.NOT_OFFERED, vm.id() + " is off: nobody reads what is typed"));
        }
        byte[] typed = Arrays.copyOf(bytes, bytes.length);
        return connected().thenAccept(made -> made.send(typed));
    }

    @Override
    public Cancellable onOutput(Runnable wake) {
        Object listener = new Object();
        listeners.put(listener, wake);
        if (vm.pid() != 0) {
            connected().exceptionally(thrown -> {
                forget();
                return null;
            });
        }
        return () -> listeners.remove(listener);
    }

    private synchronized CompletionStage<Link> connected() {
        CompletionStage<Link> there = link;
        if (there == null) {
            there = vm.loop().connect(vm.folder().socket("console"), new Printed());
            there.whenComplete((made, thrown) -> {
                if (thrown != null) {
                    forget();
                }
            });
            link = there;
        }
        return there;
    }

    private synchronized void forget() {
        link = null;
    }

    /** Lets go of the port: the VM is off, or the host closes. */
    public synchronized void close() {
        CompletionStage<Link> there = link;
        link = null;
        if (there != null) {
            there.thenAccept(Link::close);
        }
    }

    /** Keeps the file short. For threads that may wait. */
    public void shorten() throws java.io.IOException {
        log.shorten();
    }

    private final class Printed implements Receiver {
        @Override
        public void received(ByteBuffer bytes) {
            listeners.values().forEach(Runnable::run); // the bytes are in the file
        }

        @Override
        public void closed(@Nullable String because) {
            forget();
            listeners.values().forEach(Runnable::run);
        }
    }
}
