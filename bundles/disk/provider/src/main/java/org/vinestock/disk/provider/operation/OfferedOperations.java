package org.vinestock.disk.provider.operation;

import java.util.List;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.operation.Operation;

/** All operations on disks. */
public final class OfferedOperations {
    private OfferedOperations() {}

    /** Makes them. */
    public static List<Operation<?, ?>> all(Planes planes) {
        return List.of(
                new CreateOperation(planes),
                new ImportOperation(planes),
                new ConvertOperation(),
                new CheckOperation(),
                new ResizeOperation(),
                new DeleteOperation(),
                new ServeOperation(planes),
                new UnserveOperation());
    }
}
