package org.vinestock.surfaces.site;

import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;

/** Who asks. */
public record Person(String name, Role role) {
    /** Takes slashes out of the name: by one, what the machine starts by itself is told from people. */
    public Person {
        name = name.replace('/', '_');
    }

    private enum Refusal implements ErrorCode {
        ROLE_MISSING;

        @Override
        public Cause cause() {
            return Cause.CALLER;
        }
    }

    /** Whoever signed in at Karaf's realm: roles {@code admin} and {@code operator} count, everyone else is a viewer. */
    public static Person of(String name, Subject subject) {
        Role role = subject.getPrincipals(RolePrincipal.class).stream()
                .map(principal -> principal.getName().toUpperCase(Locale.ROOT))
                .flatMap(known ->
                        Stream.of(Role.values()).filter(each -> each.name().equals(known)))
                .max(Role::compareTo)
                .orElse(Role.VIEWER);
        return new Person(name, role);
    }

    /**
     * Sees to it that the person may run an operation.
     *
     * @throws VinestockException {@code ROLE_MISSING}, saying which
     */
    public void mustBeAllowed(OperationType<?, ?> type) {
        mustBe(type.role(), type.name());
    }

    /**
     * Sees to it that the person has a role.
     *
     * @param what needs it, for people
     * @throws VinestockException {@code ROLE_MISSING}, saying which
     */
    public void mustBe(Role needed, String what) {
        if (role.compareTo(needed) < 0) {
            throw new VinestockException(Refusal.ROLE_MISSING, name + " is " + role + "; " + what + " needs " + needed);
        }
    }
}
