package org.vinestock.disk.provider.operation;

import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.ConvertDisk;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.OperationType;

/** {@code disk.convert}. */
record ConvertOperation() implements MakingOperation<ConvertDisk> {
    @Override
    public OperationType<ConvertDisk, DiskMade> type() {
        return DiskOperations.CONVERT;
    }

    @Override
    public Make make(ConvertDisk parameters, Snapshot snapshot) {
        Disk from = Lookup.disk("id", parameters.id(), snapshot);
        Rules.mayBeMadeOf(from, snapshot);
        return new Make(
                Lookup.free("to", parameters.to(), snapshot),
                from.host(),
                new DiskSource.Copy(from.id(), null),
                parameters.format(),
                parameters.compression(),
                null,
                parameters.labels());
    }
}
