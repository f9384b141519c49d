package org.vinestock.surfaces.rest;

import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.rest.Asked.Person;

/** Asks Karaf's realm, the one of the shell: role {@code admin} or {@code operator}, everyone else is a viewer. */
final class JaasSignIn implements SignIn {
    private static final String REALM = "karaf";

    @Override
    public Optional<Person> check(String name, String password) {
        CallbackHandler answers = callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback asksName) {
                    asksName.setName(name);
                } else if (callback instanceof PasswordCallback asksPassword) {
                    asksPassword.setPassword(password.toCharArray());
                }
            }
        };
        try {
            Subject subject = new Subject();
            LoginContext login = new LoginContext(REALM, subject, answers);
            login.login();
            Role role = role(subject.getPrincipals(RolePrincipal.class).stream());
            login.logout();
            return Optional.of(new Person(name, role));
        } catch (LoginException e) {
            return Optional.empty();
        }
    }

    private static Role role(Stream<? extends Principal> principals) {
        return principals
                .map(principal -> principal.getName().toUpperCase(Locale.ROOT))
                .flatMap(name ->
                        Stream.of(Role.values()).filter(role -> role.name().equals(name)))
                .max(Role::compareTo)
                .orElse(Role.VIEWER);
    }
}
