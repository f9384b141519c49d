package org.vinestock.surfaces.rest;

import java.util.Optional;
import org.vinestock.surfaces.site.Person;

/** Knows people by name and password. May block. */
@FunctionalInterface
interface SignIn {
    /** Returns who it is; empty if name or password are wrong. */
    Optional<Person> check(String name, String password);
}
