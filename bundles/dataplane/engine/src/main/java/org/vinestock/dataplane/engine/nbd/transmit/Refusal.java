package org.vinestock.dataplane.engine.nbd.transmit;

import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.nbd.Export;

/** Which error a request is answered with. */
final class Refusal {
    private Refusal() {}

    /** Why a request is refused before the device hears of it; 0: it is not. */
    static int of(Request request, Export export, Agreement agreement) {
        int command = request.command;
        int flags = request.flags;
        if ((flags & ~allowed(command, agreement)) != 0) {
            return Command.EINVAL;
        }
        if (!known(command, export, agreement)) {
            return Command.EINVAL;
        }
        boolean changes = command == Command.WRITE || command == Command.TRIM || command == Command.WRITE_ZEROES;
        if (!export.writable() && (changes || command == Command.RESIZE)) {
            return Command.EPERM;
        }
        if (command == Command.FLUSH || command == Command.RESIZE) {
            return command == Command.RESIZE && request.offset < 0 ? Command.EINVAL : 0;
        }
        long size = export.device().size();
        if (request.offset < 0 || request.offset > size || request.length > size - request.offset) {
            return command == Command.WRITE || command == Command.WRITE_ZEROES ? Command.ENOSPC : Command.EINVAL;
        }
        if ((command == Command.READ || command == Command.CACHE) && request.length > Command.MAX_PAYLOAD) {
            return Command.EINVAL;
        }
        if (command == Command.READ && (flags & Command.DONT_FRAGMENT) != 0 && request.length > Service.READ_PIECE) {
            return Command.EOVERFLOW;
        }
        return command == Command.BLOCK_STATUS && request.length == 0 ? Command.EINVAL : 0;
    }

    private static boolean known(int command, Export export, Agreement agreement) {
        return switch (command) {
            case Command.READ, Command.WRITE, Command.FLUSH, Command.TRIM, Command.CACHE, Command.WRITE_ZEROES -> true;
            case Command.BLOCK_STATUS -> !agreement.contexts().isEmpty();
            case Command.RESIZE -> export.resizable();
            default -> false;
        };
    }

    /** FUA is taken everywhere: clients are known to set it on commands that it says nothing about. */
    private static int allowed(int command, Agreement agreement) {
        return switch (command) {
            case Command.READ -> Command.FUA | (agreement.structured() ? Command.DONT_FRAGMENT : 0);
            case Command.WRITE_ZEROES -> Command.FUA | Command.NO_HOLE | Command.FAST_ZERO;
            case Command.BLOCK_STATUS -> Command.FUA | Command.ONE_EXTENT;
            default -> Command.FUA;
        };
    }

    /** How a device's answer is called in the protocol; 0: it is no error. */
    static int of(Status status, Request request) {
        int command = request.command;
        return switch (status) {
            case OK -> 0;
            case OUT_OF_RANGE ->
                command == Command.WRITE || command == Command.WRITE_ZEROES || command == Command.RESIZE
                        ? Command.ENOSPC
                        : Command.EINVAL;
            case READ_ONLY -> Command.EPERM;
            case NO_SPACE -> Command.ENOSPC;
            case NOT_SUPPORTED -> notSupported(request);
            case IO_ERROR -> Command.EIO;
            case SHUT_DOWN -> Command.ESHUTDOWN;
        };
    }

    /** A device that cannot give room back has done all that a trim asks for. */
    private static int notSupported(Request request) {
        if (request.command == Command.TRIM) {
            return 0;
        }
        boolean fast = request.command == Command.WRITE_ZEROES && (request.flags & Command.FAST_ZERO) != 0;
        return fast ? Command.ENOTSUP : Command.EINVAL;
    }
}
