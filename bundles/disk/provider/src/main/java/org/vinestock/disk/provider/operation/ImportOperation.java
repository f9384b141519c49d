package org.vinestock.disk.provider.operation;

import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskOperations.ImportDisk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.OperationType;

/** {@code disk.import}. */
record ImportOperation(Planes planes) implements MakingOperation<ImportDisk> {
    @Override
    public OperationType<ImportDisk, DiskMade> type() {
        return DiskOperations.IMPORT;
    }

    @Override
    public Make make(ImportDisk parameters, Snapshot snapshot) {
        String given = parameters.fileFormat();
        return new Make(
                Lookup.free("id", parameters.id(), snapshot),
                Lookup.host(parameters.host(), planes),
                new DiskSource.File(parameters.file(), given == null ? "" : given, null),
                parameters.format(),
                parameters.compression(),
                null,
                parameters.labels());
    }
}
