package org.vinestock.dataplane.engine.block;

/** What a request asks for, with how it is to be done. */
enum Operation {
    READ,
    WRITE,
    WRITE_DURABLE,
    FLUSH,
    DISCARD,
    RESIZE,
    UNMAP_ZEROES,
    UNMAP_ZEROES_DURABLE,
    KEEP_ZEROES,
    KEEP_ZEROES_DURABLE,
    FAST_ZEROES,
    FAST_ZEROES_DURABLE;

    static Operation zeroing(Zeroing zeroing, boolean durable) {
        return switch (zeroing) {
            case MAY_UNMAP -> durable ? UNMAP_ZEROES_DURABLE : UNMAP_ZEROES;
            case KEEP_ALLOCATED -> durable ? KEEP_ZEROES_DURABLE : KEEP_ZEROES;
            case FAST_ONLY -> durable ? FAST_ZEROES_DURABLE : FAST_ZEROES;
        };
    }

    Zeroing zeroing() {
        return switch (this) {
            case KEEP_ZEROES, KEEP_ZEROES_DURABLE -> Zeroing.KEEP_ALLOCATED;
            case FAST_ZEROES, FAST_ZEROES_DURABLE -> Zeroing.FAST_ONLY;
            default -> Zeroing.MAY_UNMAP;
        };
    }

    boolean flushes() {
        return switch (this) {
            case FLUSH, WRITE_DURABLE, UNMAP_ZEROES_DURABLE, KEEP_ZEROES_DURABLE, FAST_ZEROES_DURABLE -> true;
            default -> false;
        };
    }
}
