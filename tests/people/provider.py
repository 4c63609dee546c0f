"""A provider of OpenID Connect on this machine: a real server, with keys of its own."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class Provider:
    """Answers as a provider does; `claims` and the like say how it lies."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key = self.key
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.forget()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self):
        self.issuer = self.told_issuer = self.address
        self.signing_key, self.claims, self.nonce, self.token_request = self.key, {}, None, {}
        self.redirects = False

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def token(self):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "benchlearn",
            "sub": "somebody",
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
            **self.claims,
        }
        return jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "one"})

    def answer(self, path):
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [{**public, "kid": "one", "alg": "RS256"}]}
        if path == "/token":
            return {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}
        return {
            "issuer": self.told_issuer,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


def _handler_of(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if provider.redirects:
                self.send_response(302)
                self.send_header("Location", f"{provider.address}/jwks")
                self.end_headers()
                return
            raw = json.dumps(provider.answer(urlsplit(self.path).path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.token_request = {k: v[0] for k, v in parse_qs(body).items()}
            self.do_GET()

        def log_message(self, *words):
            """Quiet: a story tells what went wrong itself."""

    return Handler
