from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toolkit.engines import Engine, load_engine
from toolkit.engines.registry import BUNDLED

DATA = Path(__file__).parent / "data"
MakeModel = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One cache of converted models for the whole session; the user's own is never touched."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HIEN_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def mini() -> Engine:
    """The bundled model as users get it: CTranslate2, int8, beam 4."""
    return load_engine()


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    """200 real Hindi sentences."""
    return (DATA / "sentences.hi.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def one_thread() -> None:
    """Torch's threads get in each other's way on a busy machine; on small models they gain nothing."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def make_model(one_thread: None) -> MakeModel:
    """Makes a folder with a small random Marian model that has the bundled model's vocabulary."""

    def make(folder: Path, seed: int = 0, weights: str = "model.safetensors") -> Path:
        import torch
        from safetensors.torch import save_file
        from transformers import MarianConfig, MarianMTModel

        folder.mkdir(parents=True, exist_ok=True)
        for name in ("source.spm", "target.spm", "vocab.json"):
            (folder / name).write_bytes((BUNDLED / "hi-en-mini" / name).read_bytes())
        sizes = {"d_model": 16, "init_std": 0.5, "vocab_size": 8000, "decoder_vocab_size": 8000}
        for side in ("encoder", "decoder"):
            sizes |= {f"{side}_layers": 1, f"{side}_ffn_dim": 32, f"{side}_attention_heads": 2}
        signs = {"eos_token_id": 0, "pad_token_id": 7999, "decoder_start_token_id": 7999, "forced_eos_token_id": 0}
        torch.manual_seed(seed)
        model = MarianMTModel(MarianConfig(**sizes, **signs, max_position_embeddings=64))
        model.config.save_pretrained(folder)
        state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        if weights == "model.safetensors":
            save_file(state, folder / weights, metadata={"format": "pt"})
        else:
            torch.save(state, folder / weights)
        return folder

    return make
