package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;

class ApiServletTest {
    private static final Asked LIST = new Asked(
            "GET", List.of("vm", "list"), new TreeMap<>(), null, () -> "", () -> new Person("ann", Role.VIEWER), "");

    private final ApiServlet servlet = new ApiServlet();

    private static SiteConnection connection() {
        Site site = new FakeSite().site();
        return new SiteConnection(
                site.operations(), site.views(), site.codec(), site.inventory(), site.platform(), site.audit());
    }

    private void assertBothAnswer(int status) {
        assertEquals(status, servlet.answer(() -> LIST).status());
        assertEquals(status, servlet.health().status());
    }

    @Test
    void isHealthyWhileItAnswers() {
        assertBothAnswer(503);
        SiteConnection connection = connection();
        servlet.bind(connection);
        assertBothAnswer(200);
        servlet.unbind(connection);
        assertBothAnswer(503);
    }

    @Test
    void keepsTheNewControlPlaneWhenTheOldOneLeavesAfterItCame() {
        SiteConnection old = connection();
        servlet.bind(old);
        servlet.bind(connection());
        servlet.unbind(old);
        assertBothAnswer(200);
    }
}
