"""What the kinds of this slice share."""

from django.db import models


class Topic(models.TextChoices):
    CRIME = "crime", "Phòng, chống tội phạm"
    DRUGS = "drugs", "Phòng, chống ma túy"
    TRAFFIC = "traffic", "Trật tự, an toàn giao thông"
    FIREWORKS = "fireworks", "Vũ khí, vật liệu nổ, pháo"
    FIRE_SAFETY = "fire_safety", "Phòng cháy, chữa cháy"
    FRAUD = "fraud", "Lừa đảo, tội phạm trên mạng"
    NATIONAL_SECURITY = "national_security", "Bảo vệ an ninh quốc gia"
    HIV = "hiv", "Phòng, chống HIV/AIDS"
    MOVEMENT = "movement", "Phong trào Toàn dân bảo vệ an ninh Tổ quốc"
    LAW = "law", "Phổ biến pháp luật khác"
    OTHER = "other", "Nội dung khác"
