"""Times a training step of the workloads `resnet` and `ladder` of `vae speed`, written in PyTorch.

usage: deep_yardstick.py {resnet|ladder} [--threads N] [--batch N] [--seconds S] [--fused] [--compile]

Prints one JSON object: steps per second (median of five stretches), parameters, the time of the first
step, and the process's greatest resident memory. The networks are those of jvae, layer by layer; run it in turns with
`vae speed --workload NAME --threads N --json` on a machine that does nothing else.
"""

import argparse
import json
import math
import resource
import time

import torch
from torch import nn
from torch.nn import functional as F

SIGMA = 0.1


class Residual(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.body = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.body(x)


def diagonal_kl(q_mean, q_log_variance, p_mean, p_log_variance):
    """KL of two diagonal Gaussians, summed over all but the first axis."""
    ratio = (q_log_variance - p_log_variance).exp()
    distance = (q_mean - p_mean).square() * (-p_log_variance).exp()
    return 0.5 * (ratio + distance - 1 + p_log_variance - q_log_variance).flatten(1).sum(1)


def draw(mean, log_variance):
    return mean + (0.5 * log_variance).exp() * torch.randn_like(mean)


def conv3(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3, 1, 1)


class ResNet(nn.Module):
    def __init__(self, channels=(32, 64, 128), blocks=2, dense=256, latent=32, side=32):
        super().__init__()

        def stage(width):
            return [Residual(nn.SiLU(), conv3(width, width), nn.SiLU(), conv3(width, width)) for _ in range(blocks)]

        deepest = channels[-1] * (side >> (len(channels) - 1)) ** 2
        up = [conv3(3, channels[0])]
        for i, width in enumerate(channels):
            if i > 0:
                up.append(nn.Conv2d(channels[i - 1], width, 4, 2, 1))
            up += stage(width)
        self.encoder = nn.Sequential(*up, nn.SiLU(), nn.Flatten(), nn.Linear(deepest, dense), nn.SiLU())
        self.mean = nn.Linear(dense, latent)
        self.log_variance = nn.Linear(dense, latent)
        small = side >> (len(channels) - 1)
        down = [nn.Linear(latent, dense), nn.SiLU(), nn.Linear(dense, deepest), nn.Unflatten(1, (channels[-1], small, small))]
        for i in reversed(range(len(channels))):
            down += stage(channels[i])
            if i > 0:
                down.append(nn.ConvTranspose2d(channels[i], channels[i - 1], 4, 2, 1))
        self.decoder = nn.Sequential(*down, nn.SiLU(), conv3(channels[0], 3))

    def forward(self, x):
        h = self.encoder(x)
        mean, log_variance = self.mean(h), self.log_variance(h)
        zero = torch.zeros_like(mean)
        return self.decoder(draw(mean, log_variance)), diagonal_kl(mean, log_variance, zero, zero)


def bottleneck(inputs, width, outputs, side):
    middle = max(1, width // 4)
    wide = (lambda: conv3(middle, middle)) if side >= 3 else (lambda: nn.Conv2d(middle, middle, 1))
    return [
        nn.SiLU(), nn.Conv2d(inputs, middle, 1), nn.SiLU(), wide(), nn.SiLU(), wide(), nn.SiLU(),
        nn.Conv2d(middle, outputs, 1),
    ]


class Block(nn.Module):
    def __init__(self, width, latent, side):
        super().__init__()
        self.prior = nn.Sequential(*bottleneck(width, width, width, side), nn.SiLU())
        self.prior_heads = nn.ModuleList(nn.Conv2d(width, made, 1) for made in (latent, latent, width))
        self.posterior = nn.Sequential(*bottleneck(2 * width, width, width, side), nn.SiLU())
        self.posterior_heads = nn.ModuleList(nn.Conv2d(width, latent, 1) for _ in range(2))
        self.join = nn.Conv2d(width + latent, width, 1)
        self.after = Residual(*bottleneck(width, width, width, side))

    def forward(self, state, seen):
        p = self.prior(state)
        p_mean, p_log_variance, feature = (head(p) for head in self.prior_heads)
        q = self.posterior(torch.cat([state, seen], 1))
        q_mean, q_log_variance = (head(q) for head in self.posterior_heads)
        z = draw(q_mean, q_log_variance)
        state = state + feature
        state = self.after(state + self.join(torch.cat([state, z], 1)))
        return state, diagonal_kl(q_mean, q_log_variance, p_mean, p_log_variance)


class Ladder(nn.Module):
    def __init__(self, blocks=(2, 2, 2, 1), width=64, latent=8, side=32):
        super().__init__()
        self.up = nn.ModuleList()
        self.blocks = nn.ModuleList()
        for level, count in enumerate(blocks):
            size = side >> level
            first = conv3(3, width) if level == 0 else nn.AvgPool2d(2)
            self.up.append(nn.Sequential(first, *(Residual(*bottleneck(width, width, width, size)) for _ in range(count))))
            self.blocks.append(nn.ModuleList(Block(width, latent, size) for _ in range(count)))
        self.start = nn.Parameter(torch.zeros(width, size, size))
        self.output = nn.Sequential(nn.SiLU(), nn.Conv2d(width, 3, 1))

    def forward(self, x):
        seen = []
        for up in self.up:
            x = up(x)
            seen.append(x)
        state = self.start.expand(x.shape[0], -1, -1, -1)
        kl = 0
        for level in reversed(range(len(self.blocks))):
            for block in self.blocks[level]:
                state, divergence = block(state, seen[level])
                kl = kl + divergence
            if level > 0:
                state = F.interpolate(state, scale_factor=2, mode="nearest")
        return self.output(state), kl


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workload", choices=["resnet", "ladder"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--fused", action="store_true", help="Adam in one kernel")
    parser.add_argument("--compile", action="store_true", help="torch.compile")
    parser.add_argument("--channels-last", action="store_true", help="activations in that order of axes")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    model = ResNet() if arguments.workload == "resnet" else Ladder()
    pool = [torch.rand(arguments.batch, 3, 32, 32) for _ in range(20)]
    if arguments.channels_last:
        model = model.to(memory_format=torch.channels_last)
        pool = [x.contiguous(memory_format=torch.channels_last) for x in pool]
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, fused=arguments.fused or None)
    normaliser = 3072 * (0.5 * math.log(2 * math.pi) + math.log(SIGMA))

    def loss_of(x):
        decoded, kl = model(x)
        error = (x - decoded).square().flatten(1).sum(1)
        return (error / (2 * SIGMA**2) + normaliser + kl).mean()

    evaluate = torch.compile(loss_of) if arguments.compile else loss_of

    def step(i):
        adam.zero_grad(set_to_none=True)
        loss = evaluate(pool[i % len(pool)])
        loss.backward()
        adam.step()
        return loss

    began = time.perf_counter()
    loss = step(0)
    first = time.perf_counter() - began
    for i in range(3):
        step(i)
    paces = []
    for _ in range(5):
        steps = 0
        began = time.perf_counter()
        while time.perf_counter() - began < arguments.seconds / 5:
            loss = step(steps)
            steps += 1
        paces.append(steps / (time.perf_counter() - began))
    paces.sort()
    print(
        json.dumps(
            {
                "workload": arguments.workload,
                "engine": "PyTorch " + torch.__version__,
                "fused": arguments.fused,
                "compiled": arguments.compile,
                "channels_last": arguments.channels_last,
                "threads": arguments.threads,
                "batch": arguments.batch,
                "parameters": sum(p.numel() for p in model.parameters()),
                "first_step_seconds": round(first, 2),
                "steps_per_second": {"median": paces[2], "min": paces[0], "max": paces[-1]},
                "resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "loss": loss.item(),
            }
        )
    )


if __name__ == "__main__":
    main()
