/** Media that fail, tear and forget, for the tests of everything that lies on one. */
package org.vinestock.dataplane.engine.medium;
