"""A Spark cluster of this machine: a master and two workers of one core each, with a secret and encrypted connections."""
import os, secrets, signal, subprocess, sys, time


class LocalCluster:
    """Its files lie in `state`; `conf` is what a job has to bring (`--spark-conf`)."""

    master = "spark://127.0.0.1:7077"

    def __init__(self, state, home, memory="2g", executor="1g"):
        self.state, self.home, self.memory = state, home, memory
        self.conf, self.own = state + "/job.conf", state + "/cluster.conf"
        self.environment = dict(os.environ, SPARK_LOCAL_DIRS=state + "/local", LANG="C.UTF-8")
        self.started = []
        os.makedirs(state + "/local")
        self.secret = f"spark.authenticate true\nspark.authenticate.secret {secrets.token_hex(32)}\n"
        self.secret += "spark.network.crypto.enabled true\n"
        # What a job writes of itself can be looked through, too.
        os.makedirs(state + "/events")
        events = f"spark.eventLog.enabled true\nspark.eventLog.dir file://{state}/events\nspark.eventLog.compress false\n"
        self.write(self.own, self.secret)
        self.write(self.conf, self.secret + events + f"spark.executor.memory {executor}\nspark.driver.bindAddress 127.0.0.1\n")

    @staticmethod
    def write(path, text):
        with open(path, "w") as file:
            os.chmod(path, 0o600)
            file.write(text)

    def start(self):
        package = "org.apache.spark.deploy."
        self.spawn("master", [package + "master.Master", "--host", "127.0.0.1", "--port", "7077", "--webui-port", "0"])
        for name in ["w1", "w2"]:
            self.spawn(name, [package + "worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", self.memory,
                              "--webui-port", "0", "--work-dir", self.state + "/" + name, self.master])
        for _ in range(480):
            if open(self.state + "/master.log").read().count("Registering worker") == 2:
                return
            time.sleep(0.25)
        sys.exit("the cluster does not start: " + open(self.state + "/master.log").read()[-2000:])

    def spawn(self, name, words):
        words = [self.home + "/bin/spark-class", words[0], "--properties-file", self.own] + words[1:]
        self.started.append(subprocess.Popen(
            words, stdout=open(f"{self.state}/{name}.log", "w"), stderr=subprocess.STDOUT, env=self.environment,
            start_new_session=True))

    def stop(self):
        for process in reversed(self.started):
            try:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                process.kill()
        self.started = []
