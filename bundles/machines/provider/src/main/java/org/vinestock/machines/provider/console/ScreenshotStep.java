package org.vinestock.machines.provider.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
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

    /** Makes it; {@code lane}: where files are written, one at a time. */
    public ScreenshotStep(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /** Of which VM, into which file. */
    public record Arguments(VmId vm, String file) {
        private PictureFile picture() {
            return new PictureFile(Path.of(file));
        }
    }

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
        if (!PictureFile.isWhole(png)) {
            throw new VinestockException(
                    MachineError.NOT_OFFERED,
                    arguments.vm() + "'s host gave " + png.length + " bytes that are no whole PNG");
        }
        try {
            arguments.picture().write(png);
            return arguments.file();
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("file: " + arguments.file() + " is there already", e);
        } catch (IOException e) {
            throw unusable(arguments, "written", e);
        }
    }

    private static boolean cleared(Arguments arguments) {
        try {
            arguments.picture().clear();
            return true;
        } catch (IOException e) {
            throw unusable(arguments, "cleared away", e);
        }
    }

    private static StepState found(Arguments arguments) {
        try {
            return arguments.picture().isWhole() ? StepState.DONE : StepState.NOT_BEGUN;
        } catch (IOException e) {
            throw unusable(arguments, "read", e);
        }
    }

    private static VinestockException unusable(Arguments arguments, String what, IOException e) {
        return new VinestockException(
                MachineError.NOT_OFFERED, arguments.file() + " cannot be " + what + ": " + e.getMessage(), e);
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.supplyAsync(() -> cleared(arguments), lane); // a picture that was taken harms nobody
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.supplyAsync(() -> found(arguments), lane);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                "what " + arguments.vm() + " shows would be written into " + arguments.file());
    }
}
