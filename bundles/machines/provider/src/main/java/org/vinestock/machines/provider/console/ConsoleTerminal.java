package org.vinestock.machines.provider.console;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.capability.Console;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.operation.Role;
import org.vinestock.terminal.Terminal;
import org.vinestock.terminal.TerminalLine;
import org.vinestock.time.Lane;

/** {@code vm.console}: the first serial port of a VM. */
public final class ConsoleTerminal implements Terminal<OneVm> {
    private final Fleet fleet;
    private final Lane lane;

    /** Makes it; {@code lane}: what goes on once the host has answered. */
    public ConsoleTerminal(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    @Override
    public String name() {
        return "vm.console";
    }

    @Override
    public String summary() {
        return "Show what a VM prints on its first serial port, and type there";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Role role() {
        return Role.OPERATOR;
    }

    @Override
    public CompletionStage<TerminalLine> open(OneVm parameters, Snapshot snapshot) {
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Console console = fleet.capability(vm.id(), Lookup.place(vm, snapshot), Console.class);
        return CompletableFuture.completedFuture(new Port(console, lane));
    }

    /** A VM's port. */
    private record Port(Console console, Lane lane) implements TerminalLine {
        @Override
        public CompletionStage<Printed> read(long from, int atMost) {
            return console.read(from, atMost)
                    .thenApplyAsync(output -> new Printed(output.from(), output.bytes(), output.end()), lane);
        }

        @Override
        public CompletionStage<?> type(byte[] bytes) {
            return console.type(bytes);
        }
    }
}
