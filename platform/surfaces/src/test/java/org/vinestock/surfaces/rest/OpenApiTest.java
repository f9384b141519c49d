package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.FakeTerminal;

class OpenApiTest {
    private final String document = OpenApi.write(new FakeSite().site().entries());

    @Test
    void isJson() throws IOException {
        int tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        assertTrue(tokens > 100);
    }

    @Test
    void describesOperationsWithWhatIsRequired() {
        assertTrue(document.contains("\"/api/v1/vm/create\":{\"post\":{\"summary\":\"Place a new VM\""), document);
        assertTrue(document.contains("\"required\":[\"memory\"]"), document);
        assertTrue(
                document.contains("\"enum\":[\"KVM\",\"TCG\"],\"description\":\"What it runs on\",\"default\":\"KVM\""),
                document);
    }

    @Test
    void describesViewsWithTheirRows() {
        assertTrue(
                document.contains(
                        "\"rows\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/FakeSite.Row\"}}"),
                document);
        assertTrue(
                document.contains("\"FakeSite.Row\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}"),
                document);
    }

    @Test
    void describesTerminalsAndPicturesWithWhoMayLook() {
        FakeSite fake = new FakeSite();
        fake.terminals.add(new FakeTerminal());
        fake.more.add(new FakeSite.Secret());
        String more = OpenApi.write(fake.site().entries());
        String signedIn = "\"security\":[{\"basic\":[]}]";
        assertTrue(
                more.matches("(?s).*\"/api/v1/vm/console\":\\{\"get\":\\{[^}]*" + Pattern.quote(signedIn) + ".*"),
                more);
        assertTrue(
                more.matches("(?s).*\"/api/v1/vm/secret\":.*\"image/png\":.*" + Pattern.quote(signedIn) + ".*"), more);
        assertFalse(document.contains("\"image/png\""), document);
    }
}
