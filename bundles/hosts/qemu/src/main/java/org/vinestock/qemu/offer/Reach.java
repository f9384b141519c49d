package org.vinestock.qemu.offer;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.vinestock.model.VmId;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Scheduler;

/** A VM, for those who offer something of it. */
public interface Reach {
    /** Which. */
    VmId id();

    /** Its directory. */
    VmFolder folder();

    /** Does something that may wait, on a thread of the host. */
    <T> CompletionStage<T> work(Callable<? extends T> piece);

    /**
     * Asks QEMU something; for threads of the host.
     *
     * @throws org.vinestock.model.VinestockException {@code NOT_OFFERED} if the VM is off
     */
    Object execute(String command, Map<String, ?> arguments) throws InterruptedException;

    /** The number of its process; 0 if it is off. */
    long pid();

    /** The thread of all sockets. */
    SocketLoop loop();

    /** Time. */
    Scheduler scheduler();
}
