package org.vinestock.machines.provider.console;

import java.nio.file.Path;
import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;

/** {@code vm.screenshot}: writes a VM's screen into a file. */
public final class ScreenshotOperation implements Operation<ScreenshotOperation.Shot, ScreenshotOperation.Taken> {
    /** Its type. */
    public static final OperationType<Shot, Taken> TYPE = new OperationType<>(
            "vm.screenshot", Shot.class, Taken.class, Role.OPERATOR, "Write what a VM shows into a PNG file");

    /** Parameters. */
    public record Shot(
            @Input(value = "Name of the VM", at = 0, completedBy = "vm.list#id")
            VmId id,

            @Input(value = "File of the container's machine, absolute, ending in .png; it must not be there", at = 1)
            String file) {}

    /** Result. */
    public record Taken(VmId id, String file) {}

    @Override
    public OperationType<Shot, Taken> type() {
        return TYPE;
    }

    @Override
    public Plan plan(Shot parameters, Planning planning) {
        Path file = Path.of(parameters.file());
        if (!file.isAbsolute() || !parameters.file().endsWith(".png")) {
            throw new IllegalArgumentException(
                    "file: \"" + parameters.file() + "\"; accepted: an absolute path that ends in .png");
        }
        Lookup.vm(parameters.id(), planning.snapshot());
        return new Plan(
                List.of(),
                List.of(new Step(
                        "look at " + parameters.id(),
                        ScreenshotStep.KIND,
                        new ScreenshotStep.Arguments(
                                parameters.id(), file.normalize().toString()))));
    }

    @Override
    public Taken result(Shot parameters, Plan plan, Snapshot after) {
        return new Taken(parameters.id(), parameters.file());
    }
}
