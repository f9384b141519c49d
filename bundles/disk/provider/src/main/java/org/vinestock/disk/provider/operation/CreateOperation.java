package org.vinestock.disk.provider.operation;

import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CreateDisk;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps.Make;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.operation.OperationType;

/** {@code disk.create}. */
record CreateOperation(Planes planes) implements MakingOperation<CreateDisk> {
    @Override
    public OperationType<CreateDisk, DiskMade> type() {
        return DiskOperations.CREATE;
    }

    @Override
    public Make make(CreateDisk parameters, Snapshot snapshot) {
        DiskId id = Lookup.free("id", parameters.id(), snapshot);
        @Nullable DiskId from = parameters.from();
        @Nullable ByteCount size = parameters.size();
        if (from != null) {
            return overlay(parameters, Lookup.disk("from", from, snapshot), snapshot);
        } else if (size == null) {
            throw new IllegalArgumentException("size: it is missing; accepted: a size such as 10GiB, or --from DISK");
        }
        HostId host = Lookup.host(parameters.host(), planes);
        return new Make(id, host, new DiskSource.Empty(size), parameters.format(), "none", null, parameters.labels());
    }

    private static Make overlay(CreateDisk parameters, Disk parent, Snapshot snapshot) {
        if (!parameters.format().equals("qcow2")) {
            throw new IllegalArgumentException(
                    "format: \"" + parameters.format() + "\" of an overlay; accepted: qcow2");
        }
        @Nullable HostId host = parameters.host();
        if (host != null && !host.equals(parent.host())) {
            throw new IllegalArgumentException(
                    "host: \"" + host + "\"; accepted: " + parent.host() + ", where " + parent.id() + " is");
        }
        Rules.mayBeMadeOf(parent, snapshot);
        Rules.fits("disk " + parent.id(), parent.size(), parameters.size());
        return new Make(
                parameters.id(),
                parent.host(),
                new DiskSource.Overlay(parent.id(), parameters.size()),
                "qcow2",
                "none",
                null,
                parameters.labels());
    }
}
