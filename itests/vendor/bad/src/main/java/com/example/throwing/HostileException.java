package com.example.throwing;

/** Belongs to the plugin, and throws again when somebody wants to read it. */
@SuppressWarnings("serial")
public final class HostileException extends RuntimeException {
    @Override
    public String getMessage() {
        throw new IllegalStateException("not even my message can be read");
    }
}
