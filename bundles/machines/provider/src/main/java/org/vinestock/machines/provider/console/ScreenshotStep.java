package org.vinestock.machines.provider.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.Screen;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Takes a picture of a VM's screen. */
public final class ScreenshotStep implements StepHandler<ScreenshotStep.Arguments> {
    static final String KIND = "machines.screenshot";

    private final Fleet fleet;
    private final Lane lane;

    /** Makes it; {@code lane}: what goes on once the host has answered. */
    public ScreenshotStep(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /** Of which VM, into which file. */
    public record Arguments(VmId vm, String file) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        Vm vm = Lookup.vm(arguments.vm(), context.snapshot());
        Screen screen = fleet.capability(vm.id(), Lookup.place(vm, context.snapshot()), Screen.class);
        return screen.screenshot().thenApplyAsync(png -> written(arguments, png), lane);
    }

    private static String written(Arguments arguments, byte[] png) {
        try {
            Files.write(Path.of(arguments.file()), png, StandardOpenOption.CREATE_NEW);
            return arguments.file();
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("file: " + arguments.file() + " is there already", e);
        } catch (IOException e) {
            throw new VinestockException(
                    MachineError.NOT_OFFERED, arguments.file() + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(true); // a picture that was taken harms nobody
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean there = Files.exists(Path.of(arguments.file()));
        return CompletableFuture.completedFuture(there ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                "what " + arguments.vm() + " shows would be written into " + arguments.file());
    }
}
