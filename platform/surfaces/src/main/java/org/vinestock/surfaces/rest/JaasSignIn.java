package org.vinestock.surfaces.rest;

import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.vinestock.surfaces.site.Person;

/** Asks Karaf's realm, the one of the shell. */
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
            Person person = Person.of(name, subject);
            login.logout();
            return Optional.of(person);
        } catch (LoginException e) {
            return Optional.empty();
        }
    }
}
